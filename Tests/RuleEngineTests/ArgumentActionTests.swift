import RuleEngine
import Testing

@Suite struct `Actions on arguments` {
    @Test(arguments: [
        Relay("an atom", "replace: {argument: 1, with: Archive}", ["C: a SELECT Work"], ["C: a SELECT Archive"]),
        Relay(
            "an atom that has to be quoted",
            "replace: {argument: 1, with: My Mail}",
            ["C: a SELECT Work"],
            ["C: a SELECT \"My Mail\""]
        ),
        Relay(
            "a quoted string stays one",
            "replace: {argument: 1, with: Archive}",
            ["C: a SELECT \"Work\""],
            ["C: a SELECT \"Archive\""]
        ),
        Relay(
            "quotes and backslashes are escaped",
            "replace: {argument: 1, with: 'a\"b\\\\c'}",
            ["C: a SELECT Work"],
            ["C: a SELECT \"a\\\"b\\\\c\""]
        ),
        Relay(
            "an empty value is quoted",
            "replace: {argument: 1, with: ''}",
            ["C: a SELECT Work"],
            ["C: a SELECT \"\""]
        ),
        Relay(
            "a synchronizing literal is recounted",
            "replace: {argument: 1, with: Archive}",
            ["C: a SELECT {4}\\r\\nWork"],
            ["C: a SELECT {7}\\r\\nArchive"]
        ),
        Relay(
            "a non-synchronizing literal stays one",
            "replace: {argument: 1, with: Archive}",
            ["C: a SELECT {4+}\\r\\nWork"],
            ["C: a SELECT {7+}\\r\\nArchive"]
        ),
        Relay(
            "a literal8 stays one, and holds a NUL",
            when: "command == APPEND",
            "replace: {argument: 2, with: 'a\\x00b'}",
            ["C: a APPEND Work ~{4}\\r\\nmail"],
            ["C: a APPEND Work ~{3}\\r\\na\\x00b"]
        ),
        Relay(
            "octets are counted, not characters",
            "replace: {argument: 1, with: Grüße}",
            ["C: a SELECT {4}\\r\\nWork"],
            ["C: a SELECT {7}\\r\\nGr\\xC3\\xBC\\xC3\\x9Fe"]
        ),
        Relay(
            "the second of three literals",
            "replace: {argument: 2, with: longer than before}",
            ["C: a RENAME {1}\\r\\nx {2}\\r\\nyz"],
            ["C: a RENAME {1}\\r\\nx {18}\\r\\nlonger than before"]
        ),
        Relay(
            "two arguments of one command",
            "{replace: {argument: 1, with: New}}, {replace: {argument: 2, with: Old}}",
            ["C: a RENAME Old New"],
            ["C: a RENAME New Old"]
        ),
        Relay(
            "a list as it is",
            "replace: {argument: 2, raw: (UID)}",
            ["C: a FETCH 1 (FLAGS UID)"],
            ["C: a FETCH 1 (UID)"]
        ),
        Relay(
            "an argument of a response",
            when: "response.name == LIST",
            "replace: {argument: 3, with: Archive}",
            ["S: * LIST () \"/\" Work"],
            ["S: * LIST () \"/\" Archive"]
        ),
        Relay(
            "a value for a client that needs a literal",
            when: "response.name == LIST",
            "replace: {argument: 3, with: Grüße}",
            ["S: * LIST () \"/\" Work"],
            ["S: * LIST () \"/\" {7}\\r\\nGr\\xC3\\xBC\\xC3\\x9Fe"]
        ),
        Relay(
            "a string counted among strings",
            when: "response.name == LIST",
            "replace: {string: 2, with: Archive}",
            ["S: * LIST () \"/\" \"Work\""],
            ["S: * LIST () \"/\" \"Archive\""]
        ),
        Relay(
            "what the grammar names",
            when: "command == COPY",
            "replace: {production: mailbox, with: Archive}",
            ["C: a UID COPY 1:* Work"],
            ["C: a UID COPY 1:* Archive"]
        ),
    ])
    func `replace keeps the form of the value where it fits, and the count true`(relay: Relay) throws {
        try relay.check()
    }

    @Test(arguments: [
        Relay(
            "8-bit octets in a command without a literal",
            "replace: {argument: 1, with: Grüße}",
            ["C: a SELECT Work"],
            ["C: (r: the value needs a literal, which the client did not send)", "C: a SELECT Work"]
        ),
        Relay(
            "a NUL in a string",
            "replace: {argument: 1, with: 'a\\x00'}",
            ["C: a SELECT Work"],
            ["C: (r: only a literal can hold a NUL)", "C: a SELECT Work"]
        ),
        Relay(
            "a NUL in a literal",
            "replace: {argument: 1, with: 'a\\x00'}",
            ["C: a SELECT {4+}\\r\\nWork"],
            ["C: (r: only a literal8 can hold a NUL)", "C: a SELECT {4+}\\r\\nWork"]
        ),
        Relay(
            "more than LITERAL- allows",
            "replace: {argument: 1, with: \(String(repeating: "x", count: 4_097))}",
            ["C: a SELECT {4+}\\r\\nWork"],
            ["C: (r: more than 4,096 octets in a non-synchronizing literal)", "C: a SELECT {4+}\\r\\nWork"]
        ),
        Relay(
            "an argument that is not there",
            "replace: {argument: 3, with: x}",
            ["C: a SELECT Work"],
            ["C: (r: the message has no argument 3)", "C: a SELECT Work"]
        ),
        Relay(
            "what would break the line is sent as it came",
            when: "command == FETCH",
            "remove: 1, remove: 2".split(separator: ", ").map { "{\($0)}" }.joined(separator: ", "),
            ["C: a FETCH 1"],
            ["C: (r: the message has no argument 2)", "C: a FETCH 1"]
        ),
    ])
    func `what does not fit is told, and the original is sent`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        Relay(
            "in front of a literal",
            "insert: {argument: 2, value: (\\Seen)}",
            ["C: a APPEND Work {5+}\\r\\nhello"],
            ["C: a APPEND Work (\\Seen) {5+}\\r\\nhello"]
        ),
        Relay("behind the last", "insert: (CONDSTORE)", ["C: a SELECT Work"], ["C: a SELECT Work (CONDSTORE)"]),
        Relay(
            "behind a literal",
            "insert: FLAGGED",
            ["C: a SEARCH TEXT {3+}\\r\\nabc"],
            ["C: a SEARCH TEXT {3+}\\r\\nabc FLAGGED"]
        ),
        Relay("the only one", "insert: Work", ["C: a SELECT"], ["C: a SELECT Work"]),
    ])
    func `insert adds an argument`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        Relay(
            "the last",
            "remove: 3",
            ["C: a FETCH 1 (FLAGS) (CHANGEDSINCE 1)"],
            ["C: a FETCH 1 (FLAGS)"]
        ),
        Relay("the only one", "remove: 1", ["C: a SELECT Work"], ["C: a SELECT"]),
        Relay(
            "a literal with its announcement",
            "remove: 2",
            ["C: a SEARCH TEXT {3+}\\r\\nabc FLAGGED"],
            ["C: a SEARCH TEXT FLAGGED"]
        ),
        Relay(
            "of a response",
            when: "response.name == LIST",
            "remove: {argument: 1}",
            ["S: * LIST () \"/\" x"],
            ["S: * LIST \"/\" x"]
        ),
    ])
    func `remove takes an argument and the space before it`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        Relay(
            "removed from STORE",
            "flags: {remove: [\\deleted]}",
            ["C: a STORE 1 +FLAGS (\\Deleted \\Seen)"],
            ["C: a STORE 1 +FLAGS (\\Seen)"]
        ),
        Relay(
            "the last one",
            "flags: {remove: [\\Deleted]}",
            ["C: a UID STORE 1 +FLAGS.SILENT (\\Deleted)"],
            ["C: a UID STORE 1 +FLAGS.SILENT ()"]
        ),
        Relay(
            "the last one without parentheses",
            "flags: {remove: [\\Deleted]}",
            ["C: a STORE 1 +FLAGS \\Deleted"],
            [
                "C: (r: no flag would be left, and the list has no parentheses to be empty in)",
                "C: a STORE 1 +FLAGS \\Deleted",
            ]
        ),
        Relay(
            "added without parentheses",
            "flags: {add: [$X]}",
            ["C: a STORE 1 +FLAGS \\Seen"],
            ["C: a STORE 1 +FLAGS \\Seen $X"]
        ),
        Relay(
            "added to an upload",
            "flags: {add: [$X]}",
            ["C: a APPEND Work (\\Seen) {5+}\\r\\nhello"],
            ["C: a APPEND Work (\\Seen $X) {5+}\\r\\nhello"]
        ),
        Relay(
            "exchanged in FETCH, FLAGS and PERMANENTFLAGS",
            "flags: {replace: {$Old: $New}}",
            [
                "S: * FLAGS (\\Seen $old)", "S: * OK [PERMANENTFLAGS ($Old \\*)] yes",
                "S: * 1 FETCH (UID 3 FLAGS ($Old \\Seen) RFC822.SIZE 5)", "S: * 2 FETCH (FLAGS ())",
            ],
            [
                "S: * FLAGS (\\Seen $New)", "S: * OK [PERMANENTFLAGS ($New \\*)] yes",
                "S: * 1 FETCH (UID 3 FLAGS ($New \\Seen) RFC822.SIZE 5)", "S: * 2 FETCH (FLAGS ())",
            ]
        ),
        Relay(
            "not twice",
            "flags: {add: [\\SEEN, $X]}",
            ["S: * 1 FETCH (FLAGS (\\Seen))"],
            ["S: * 1 FETCH (FLAGS (\\Seen $X))"]
        ),
        Relay("not where flags are asked for", "flags: {add: [$X]}", ["C: a FETCH 1 FLAGS"], ["C: a FETCH 1 FLAGS"]),
        Relay(
            "not in a literal",
            "flags: {remove: [\\Seen]}",
            ["S: * 1 FETCH (BODY[] {20}\\r\\n* 1 FETCH FLAGS\\Seen)"],
            ["S: * 1 FETCH (BODY[] {20}\\r\\n* 1 FETCH FLAGS\\Seen)"]
        ),
    ])
    func `flags are changed in every list of them`(relay: Relay) throws { try relay.check() }
}
