import SASL
import Traffic

/// How `imapscope sasl decode --format json` writes: an object a line, with the names that the JSON output of sessions has.
enum SASLJSON {
    static func line(of step: SASLStep, _ mechanism: Mechanism, from direction: Direction) -> String {
        var members = [
            ("mechanism", JSONText.string(mechanism.name)), ("direction", JSONText.string(direction.name)),
            ("note", JSONText.string(step.summary)),
        ]
        if let user = step.user { members.append(("user", JSONText.string(user))) }
        if let identity = step.authorizationIdentity { members.append(("authzid", JSONText.string(identity))) }
        if !step.fields.isEmpty {
            members.append(("sasl", self.object(of: step.fields)))
        }
        if let challenge = step.challenge, !challenge.isEmpty {
            members.append(("challenge", JSONText.string(challenge)))
        }
        if !step.problems.isEmpty {
            members.append(("problems", "[\(step.problems.map { JSONText.string($0.text) }.joined(separator: ","))]"))
        }
        return self.object(members)
    }

    static func line(of verdicts: Verdicts) -> String {
        var members = self.members("verified", "verdict", verdicts.client)
        if let server = verdicts.server { members += self.members("server_verified", "server_verdict", server) }
        return self.object(members)
    }

    private static func members(_ state: String, _ reason: String, _ verdict: Verdict) -> [(String, String)] {
        switch verdict {
        case .verified: [(state, "true")]
        case .wrong(let text): [(state, "false"), (reason, JSONText.string(text))]
        case .notCheckable(let text): [(state, "null"), (reason, JSONText.string(text))]
        }
    }

    /// Each name once; what stands there more often is a list.
    private static func object(of fields: [SASLField]) -> String {
        var names: [String] = []
        for field in fields where !names.contains(field.name) { names.append(field.name) }
        let members = names.map { name in
            let values = fields.filter { $0.name == name }.map { JSONText.string($0.value) }
            return "\(JSONText.string(name)):" + (values.count == 1 ? values[0] : "[\(values.joined(separator: ","))]")
        }
        return "{\(members.joined(separator: ","))}"
    }

    private static func object(_ members: [(String, String)]) -> String {
        "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}\n"
    }
}
