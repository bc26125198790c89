import RuleEngine
import Testing

@Suite struct `Several rules for one message` {
    @Test(arguments: [
        Relay(
            "the first to change an octet wins",
            rules: """
                  - {name: one, when: request.command == SELECT, do: [{replace: {argument: 1, with: first}}]}
                  - {name: two, when: request.command == SELECT, do: [{replace: {argument: 1, with: second}}]}

                """,
            ["C: a SELECT x", "C: b SELECT x"],
            ["C: (two: an earlier rule changes the same octets)", "C: a SELECT first", "C: b SELECT first"]
        ),
        Relay(
            "the same change twice is no conflict",
            rules: """
                  - {name: one, when: request.command == SELECT, do: [{replace: {argument: 1, with: same}}]}
                  - {name: two, when: request.command == SELECT, do: [{replace: {argument: 1, with: same}}]}

                """,
            ["C: a SELECT x"],
            ["C: a SELECT same"]
        ),
        Relay(
            "changes of different places come together",
            rules: """
                  - {name: one, when: request.command == RENAME, do: [{replace: {argument: 2, with: second}}]}
                  - {name: two, when: request.command == RENAME, do: [{replace: {argument: 1, with: first}}]}

                """,
            ["C: a RENAME x y"],
            ["C: a RENAME first second"]
        ),
        Relay(
            "a rule is applied whole or not at all",
            rules: """
                  - {name: one, when: request.command == RENAME, do: [{replace: {argument: 2, with: taken}}]}
                  - {name: two, when: request.command == RENAME, do: [{replace: {argument: 1, with: p}}, {replace: {argument: 2, with: q}}]}

                """,
            ["C: a RENAME x y"],
            ["C: (two: an earlier rule changes the same octets)", "C: a RENAME x taken"]
        ),
        Relay(
            "who answers first answers",
            rules: """
                  - {name: one, when: request.command == NOOP, do: [{answer: NO first}]}
                  - {name: two, when: request.command == NOOP, do: [{answer: NO second}]}

                """,
            ["C: a NOOP"],
            ["C: (two: an earlier rule decides about the message)", "S: a NO first"]
        ),
        Relay(
            "a message that is answered is not changed as well",
            rules: """
                  - {name: one, when: request.command == SELECT, do: [{replace: {argument: 1, with: y}}]}
                  - {name: two, when: request.command == SELECT, do: [{answer: NO no}]}

                """,
            ["C: a SELECT x"],
            ["S: a NO no"]
        ),
        Relay(
            "one way of leaving",
            rules: """
                  - {name: one, when: response.name == EXISTS, do: [{delay: 1s}]}
                  - {name: two, when: response.name == EXISTS, do: [{slice: 1}]}

                """,
            ["S: * 1 EXISTS"],
            ["S: (two: an earlier rule says how the message leaves)", "S: (after 1000 ms)", "S: * 1 EXISTS"]
        ),
        Relay(
            "a removed argument and an insertion before it",
            rules: """
                  - {name: one, when: request.command == SEARCH, do: [{insert: {argument: 2, value: SEEN}}]}
                  - {name: two, when: request.command == SEARCH, do: [{remove: 2}]}

                """,
            ["C: a SEARCH FLAGGED DELETED"],
            ["C: (two: an earlier rule changes the same octets)", "C: a SEARCH FLAGGED SEEN DELETED"]
        ),
        Relay(
            "none sees what another has made",
            rules: """
                  - {name: one, when: 'text contains "alpha"', do: [{replace: {argument: 1, with: beta}}]}
                  - {name: two, when: 'text contains "beta"', do: [{replace: {argument: 1, with: gamma}}]}

                """,
            ["C: a SELECT alpha", "C: b SELECT beta"],
            ["C: a SELECT beta", "C: b SELECT gamma"]
        ),
        Relay(
            "a rule that matches its own output is applied once",
            when: "response.name == EXISTS",
            "inject: '* 9 EXISTS'",
            ["S: * 1 EXISTS", "C: a NOOP"],
            ["S: * 1 EXISTS", "S: * 9 EXISTS", "C: a NOOP"]
        ),
        Relay(
            "so is one whose answer matches",
            when: "kind == command or kind == tagged",
            limit: "{first: 3}",
            "inject: '* OK [ALERT] again'",
            ["C: a NOOP", "S: a OK [ALERT] again"],
            ["C: a NOOP", "S: * OK [ALERT] again", "S: a OK [ALERT] again", "S: * OK [ALERT] again"]
        ),
    ])
    func `follow the order of the file`(relay: Relay) throws { try relay.check() }

    @Test func `a rule that fails is told once, with its name, and the others go on`() throws {
        try Relay(
            "",
            rules: """
                  - {name: fails, when: request.command == SELECT, do: [{replace: {argument: 5, with: x}}]}
                  - {name: works, when: request.command == SELECT, do: [{replace: {argument: 1, with: y}}]}

                """,
            ["C: a SELECT x", "C: b SELECT x"],
            ["C: (fails: the message has no argument 5)", "C: a SELECT y", "C: b SELECT y"]
        ).check()
    }

    @Test func `a costly expression is bounded, and its rule does not apply`() throws {
        let text = String(repeating: "a", count: 3_000) + "!"
        try Relay(
            "",
            when: "text matches \"(a+)+$\"",
            "drop",
            ["S: * OK \(text)", "C: a NOOP"],
            ["S: * OK \(text)", "C: a NOOP"]
        ).check()
    }
}
