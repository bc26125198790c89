import RuleEngine
import Testing

@Suite struct RuleFileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var text: String
        var place: String
        var words: String
        var suggestion: String?

        init(_ text: String, _ place: String, _ words: String, _ suggestion: String? = nil) {
            self.text = text
            self.place = place
            self.words = words
            self.suggestion = suggestion
        }

        var testDescription: String { self.words }
    }

    private static let head = "version: 1\nrules:\n"

    @Test(arguments: [
        Case("", "r.yaml: ", "empty"),
        Case("version: [", "r.yaml:", "not YAML"),
        Case("- a", "r.yaml:1:1: ", "key: value"),
        Case("rules: []", "r.yaml:1:1: ", "“version: 1” is missing"),
        Case("version: 2\nrules: []", "r.yaml:1:10: ", "of version 1"),
        Case("version: 1\nversion: 1", "r.yaml:", "twice"),
        Case("version: 1\nrule: []", "r.yaml:2:1: ", "has no “rule”", "rules"),
        Case("version: 1\nrules: []", "r.yaml:2:8: ", "no rule in it"),
        Case("version: 1\nrules: a", "r.yaml:2:8: ", "is a list"),
        Case(head + "  - when: status\n", "r.yaml:3:5: ", "no “name:”"),
        Case(head + "  - name: a\n", "r.yaml:3:5: ", "does nothing"),
        Case(head + "  - name: a\n    do: []\n", "r.yaml:4:9: ", "is empty"),
        Case(head + "  - name: a\n    wehn: status\n", "r.yaml:4:5: ", "has no “wehn”", "when"),
        Case(
            head + "  - name: a\n    do: [{mask: users}]\n    when: comand == X\n",
            "r.yaml:5:11: ",
            "no field",
            "command"
        ),
        Case(
            head + "  - name: a\n    do: [{mask: users}]\n    when: status == KO\n",
            "r.yaml:5:21: ",
            "none of them",
            "OK"
        ),
        Case(head + "  - name: a\n    do: [{mask: user}]\n", "r.yaml:4:17: ", "no part", "users"),
        Case(head + "  - name: a\n    do: [{maks: users}]\n", "r.yaml:4:11: ", "has no “maks”", "mask"),
        Case(
            head + "  - name: a\n    do: [{mask: users, pseudonymise: hosts}]\n",
            "r.yaml:4:10: ",
            "an action is one of"
        ),
        Case(head + "  - name: a\n    do: [{mask: {matches: '('}}]\n", "r.yaml:4:27: ", "no regular expression"),
        Case(head + "  - name: a\n    do: [{mask: []}]\n", "r.yaml:4:17: ", "nothing to hide"),
        Case(head + "  - name: a\n    do: [{mask: users}]\n    limit: {nth: 0}\n", "r.yaml:5:18: ", "counts from 1"),
        Case(
            head + "  - name: a\n    do: [{mask: users}]\n    limit: {nth: 1, first: 2}\n",
            "r.yaml:5:12: ",
            "takes one of"
        ),
        Case(head + "  - name: a\n    do: [{mask: users}]\n    limit: {once: day}\n", "r.yaml:5:19: ", "session"),
        Case(
            head + "  - name: a\n    do: [{mask: users}]\n    limit: {probability: 2, seed: 1}\n",
            "r.yaml:5:26: ",
            "from 0 to 1"
        ),
        Case(
            head + "  - name: a\n    do: [{mask: users}]\n    limit: {probability: 0.5}\n",
            "r.yaml:5:12: ",
            "takes a seed",
            "seed: 1"
        ),
        Case(
            head + "  - name: a\n    do: [{mask: users}]\n    limit: {nth: 1, seed: 2}\n",
            "r.yaml:5:27: ",
            "goes with probability"
        ),
        Case(
            head + "  - {name: a, do: [{mask: users}]}\n  - {name: a, do: [{mask: users}]}\n",
            "r.yaml:4:5: ",
            "two rules named"
        ),
        Case(
            head + "  - {name: a, do: [{mask: users}]}\nexamples:\n  - {session: 'C: a'}\n",
            "r.yaml:5:5: ",
            "expects nothing"
        ),
        Case(
            head + "  - {name: a, do: [{mask: users}]}\nexamples:\n  - {session: 'X: a', hides: [b]}\n",
            "r.yaml:5:15: ",
            "begin with"
        ),
    ])
    func `a wrong rule file is refused with line, column, the reason and what was meant`(test: Case) {
        let error = #expect(throws: RuleFileError.self) { try RuleFile(path: "r.yaml", parsing: test.text) }
        #expect(error?.description.hasPrefix(test.place) == true, "\(error?.description ?? "")")
        #expect(error?.reason.contains(test.words) == true, "\(error?.description ?? "")")
        #expect(error?.suggestion == test.suggestion)
    }

    private static func shown(limit: String) throws -> [Bool] {
        let text = """
            version: 1
            rules:
              - name: a
                when: response.name == EXISTS
                limit: \(limit)
                do: [{mask: {matches: "EXISTS"}}]
            examples:
              - session: |
            \((1...8).map { "      S: * \($0) EXISTS" }.joined(separator: "\n"))
                hides: [EXISTS]
            """
        let file = try RuleFile(path: "r.yaml", parsing: text)
        var example = try #require(file.examples.first)
        example.shows = example.session.map { $0.replacing("EXISTS", with: "******") }
        example.hides = []
        let wrong = example.run(file.rules).map { $0.description.dropFirst(8).prefix { $0 != ":" } }
        return (1...8).map { !wrong.contains("\($0)") }
    }

    @Test(arguments: [
        ("{nth: 3}", [3]), ("{first: 2}", [1, 2]), ("{every: 3}", [3, 6]), ("{once: session}", [1]),
        ("{probability: 0, seed: 1}", []), ("{probability: 1, seed: 1}", [1, 2, 3, 4, 5, 6, 7, 8]),
    ])
    func `a limit says at which matches a rule applies`(limit: String, applied: [Int]) throws {
        #expect(try Self.shown(limit: limit) == (1...8).map { applied.contains($0) })
    }

    @Test func `chance is the same in every run with the same seed`() throws {
        let first = try Self.shown(limit: "{probability: 0.5, seed: 7}")
        #expect(try Self.shown(limit: "{probability: 0.5, seed: 7}") == first)
        #expect(try Self.shown(limit: "{probability: 0.5, seed: 8}") != first)
        #expect(first.contains(true) && first.contains(false))
    }

    @Test func `an example that comes out otherwise is told`() throws {
        let file = try RuleFile(
            path: "r.yaml",
            parsing: """
                version: 1
                rules: [{name: a, do: [{mask: mailboxes}]}]
                examples:
                  - session: "C: a SELECT Top"
                    shows: "C: a SELECT Top"
                    hides: [SELECT]
                """
        )
        let mismatches = try #require(file.examples.first).run(file.rules)
        #expect(
            mismatches.map(\.description) == [
                "message 1: expected “C: a SELECT Top”, got “C: a SELECT ***”", "“SELECT” can be seen",
            ]
        )
    }
}
