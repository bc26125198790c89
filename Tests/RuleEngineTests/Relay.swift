import RuleEngine
import Testing

/// Rules, what peers send, and what they get of it, written as in rule files.
struct Relay: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rules: String
    var session: [String]
    var relays: [String]

    /// One rule, `r`.
    ///
    /// - Parameter action: as it stands behind `do: [`.
    init(
        _ description: String,
        when: String? = nil,
        limit: String? = nil,
        _ action: String,
        _ session: [String],
        _ relays: [String]
    ) {
        var rule = "  - name: r\n    do: [\(action)]\n"
        if let when { rule += "    when: '\(when)'\n" }
        if let limit { rule += "    limit: \(limit)\n" }
        self.init(description, rules: rule, session, relays)
    }

    /// - Parameter rules: the elements of the list.
    init(_ description: String, rules: String, _ session: [String], _ relays: [String]) {
        self.testDescription = description
        self.rules = rules
        self.session = session
        self.relays = relays
    }

    var text: String {
        func block(_ name: String, _ lines: [String]) -> String {
            "    \(name): |\n"
                + (lines.isEmpty ? ["S: * PREAUTH hi"] : ["S: * PREAUTH hi"] + lines).map { "      \($0)\n" }.joined()
        }
        return "version: 1\nrules:\n\(self.rules)examples:\n  -\n" + block("session", self.session)
            + block("relays", self.relays)
    }

    func check() throws {
        let file = try RuleFile(path: "r.yaml", parsing: self.text)
        #expect(file.examples.count == 1)
        for example in file.examples { #expect(example.run(file.rules) == []) }
    }
}
