import RuleEngine
import Testing

@Suite struct `Actions on literals` {
    private static let fetch = "S: * 1 FETCH (UID 7 BODY[] {5}\\r\\nhello FLAGS (\\Seen))"

    @Test(arguments: [
        ("literal: {replace-with: 'a\\r\\nb{9}\\r\\n'}", "{9}\\r\\na\\r\\nb{9}\\r\\n"),
        ("literal: {replace-with: ''}", "{0}\\r\\n"),
        ("literal: {replace-with: Grüße}", "{7}\\r\\nGr\\xC3\\xBC\\xC3\\x9Fe"),
        ("literal: {fill: x}", "{5}\\r\\nxxxxx"), ("literal: {fill: '*'}", "{5}\\r\\n*****"),
        ("literal: {truncate: 2}", "{2}\\r\\nhe"), ("literal: {truncate: 0}", "{0}\\r\\n"),
        ("literal: {truncate: 9}", "{5}\\r\\nhello"), ("literal: {lengthen: 3}", "{8}\\r\\nhello   "),
    ])
    func `have new octets and a header that counts them`(action: String, literal: String) throws {
        try Relay(
            "",
            action,
            [Self.fetch],
            ["S: * 1 FETCH (UID 7 BODY[] \(literal) FLAGS (\\Seen))"]
        ).check()
    }

    @Test func `have a header that lies when it shall`() throws {
        try Relay(
            "",
            "literal: {announce: -2}",
            ["S: * 1 FETCH (X {5}\\r\\nab)c\\r)"],
            ["S: * 1 FETCH (X {3}\\r\\nab)c\\r)"]
        )
        .check()
        // What is announced and does not come makes the next message part of this one.
        try Relay(
            "",
            "literal: {announce: +3}",
            ["S: * 1 FETCH (X {1}\\r\\na)"],
            ["S: * 1 FETCH (X {4}\\r\\na)"]
        ).check()
    }

    @Test(arguments: [
        Relay(
            "the second",
            "literal: {nth: 2, replace-with: new}",
            ["S: * 1 FETCH (A {1}\\r\\nx B {1}\\r\\ny)"],
            ["S: * 1 FETCH (A {1}\\r\\nx B {3}\\r\\nnew)"]
        ),
        Relay(
            "each of two",
            "{literal: {fill: '*'}}, {literal: {nth: 2, truncate: 0}}",
            ["S: * 1 FETCH (A {2}\\r\\nxx B {2}\\r\\nyy)"],
            ["S: * 1 FETCH (A {2}\\r\\n** B {0}\\r\\n)"]
        ),
        Relay("none", "literal: {fill: x}", ["S: * 1 FETCH (A \"x\")"], ["S: * 1 FETCH (A \"x\")"]),
        Relay("fewer", "literal: {nth: 2, fill: x}", ["S: * 1 FETCH (A {1}\\r\\na)"], ["S: * 1 FETCH (A {1}\\r\\na)"]),
        Relay(
            "of a command, synchronizing and not",
            "literal: {replace-with: Subject}",
            ["C: a APPEND x {3}\\r\\nold", "C: b APPEND x {3+}\\r\\nold", "C: c APPEND x ~{3}\\r\\nold"],
            [
                "C: a APPEND x {7}\\r\\nSubject", "C: b APPEND x {7+}\\r\\nSubject", "C: c APPEND x ~{7}\\r\\nSubject",
            ]
        ),
        Relay(
            "a NUL needs a literal8",
            "literal: {replace-with: 'a\\x00'}",
            ["S: * 1 FETCH (A {1}\\r\\na)", "S: * 1 FETCH (A ~{1}\\r\\na)"],
            [
                "S: (r: only a literal8 can hold a NUL)", "S: * 1 FETCH (A {1}\\r\\na)",
                "S: * 1 FETCH (A ~{2}\\r\\na\\x00)",
            ]
        ),
        Relay(
            "LITERAL- takes 4,096 octets, and a rule makes no more of fewer",
            "literal: {lengthen: 4096}",
            ["C: a APPEND x {1+}\\r\\na", "C: b APPEND x {1}\\r\\na"],
            [
                "C: (r: more than 4,096 octets in a non-synchronizing literal)", "C: a APPEND x {1+}\\r\\na",
                "C: b APPEND x {4097}\\r\\na\(String(repeating: " ", count: 4_096))",
            ]
        ),
    ])
    func `are chosen by number and keep their kind`(relay: Relay) throws { try relay.check() }
}
