import RuleEngine
import Testing

@Suite struct `Actions on capabilities` {
    @Test(arguments: [
        Relay(
            "in the response and in codes",
            "hide: [IDLE]",
            [
                "S: * CAPABILITY IMAP4rev1 IDLE MOVE", "S: * OK [CAPABILITY IMAP4rev1 MOVE IDLE] hi",
                "C: a LOGIN joe x",
                "S: a OK [CAPABILITY IDLE IMAP4rev1] in",
            ],
            [
                "S: * CAPABILITY IMAP4rev1 MOVE", "S: * OK [CAPABILITY IMAP4rev1 MOVE] hi", "C: a LOGIN joe x",
                "S: a OK [CAPABILITY IMAP4rev1] in",
            ]
        ),
        Relay(
            "by patterns, in any case",
            "hide: [comPress=*, AUTH=*-PLUS, 'X*Y']",
            ["S: * CAPABILITY IMAP4rev1 COMPRESS=DEFLATE AUTH=SCRAM-SHA-1-PLUS auth=scram-sha-1 xaay XY XYZ XaYbY"],
            ["S: * CAPABILITY IMAP4rev1 auth=scram-sha-1 XYZ"]
        ),
        Relay(
            "a revision stays",
            "hide: ['*']",
            ["S: * CAPABILITY IMAP4rev1 IDLE"],
            ["S: * CAPABILITY IMAP4rev1"]
        ),
        Relay(
            "and LOGINDISABLED, beside it",
            "hide: ['*']",
            ["S: * CAPABILITY IMAP4rev1 IDLE LOGINDISABLED"],
            ["S: * CAPABILITY LOGINDISABLED IMAP4rev1"]
        ),
        Relay(
            "a list without it is left alone",
            "hide: [IDLE]",
            ["S: * CAPABILITY IMAP4rev1 MOVE", "S: * OK IDLE is a word here", "S: * OK [IDLE] code"],
            ["S: * CAPABILITY IMAP4rev1 MOVE", "S: * OK IDLE is a word here", "S: * OK [IDLE] code"]
        ),
        Relay(
            "by two rules",
            rules: """
                  - {name: one, do: [{hide: [IDLE, MOVE]}]}
                  - {name: two, do: [{hide: [MOVE, ID]}]}

                """,
            ["S: * CAPABILITY IMAP4rev1 IDLE MOVE ID X", "C: a MOVE 1 x"],
            [
                "S: * CAPABILITY IMAP4rev1 X", "C: (two: an earlier rule decides about the message)",
                "S: a BAD MOVE is not supported",
            ]
        ),
    ])
    func `hide takes names out of every list`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        ("hide: [IDLE]", "IDLE", "BAD IDLE is not supported"),
        ("hide: [STARTTLS]", "STARTTLS", "BAD STARTTLS is not supported"),
        ("hide: [ENABLE]", "ENABLE CONDSTORE", "BAD ENABLE is not supported"),
        ("hide: [MOVE]", "UID MOVE 1 x", "BAD MOVE is not supported"),
        ("hide: [UIDPLUS]", "UID EXPUNGE 1", "BAD UID EXPUNGE is not supported"),
        ("hide: [AUTH=CRAM-MD5]", "AUTHENTICATE cram-md5", "NO [CANNOT] this mechanism is not supported"),
        ("hide: [SASL-IR]", "AUTHENTICATE PLAIN AGEAYg==", "BAD initial responses are not supported"),
        ("hide: [LITERAL+]", "SELECT {1+}\\r\\nx", "BAD non-synchronizing literals are not supported"),
        ("hide: [LITERAL-]", "APPEND x (\\Seen) {4+}\\r\\nmail", "BAD non-synchronizing literals are not supported"),
        ("hide: [LITERAL*]", "LOGIN {3+}\\r\\njoe {1+}\\r\\nx", "BAD non-synchronizing literals are not supported"),
    ])
    func `what is hidden is refused when it is used, and never reaches the server`(
        action: String,
        command: String,
        refusal: String
    ) throws {
        try Relay("", action, ["C: a \(command)", "C: b NOOP"], ["S: a \(refusal)", "C: b NOOP"]).check()
    }

    @Test(arguments: [
        ("hide: [UIDPLUS]", "EXPUNGE"), ("hide: [SASL-IR]", "AUTHENTICATE PLAIN"),
        ("hide: [LITERAL+]", "SELECT {1}\\r\\nx"),
        ("hide: [AUTH=*-PLUS]", "AUTHENTICATE SCRAM-SHA-256"), ("hide: [IDLE]", "NOOP"),
    ])
    func `what is not hidden passes`(action: String, command: String) throws {
        try Relay("", action, ["C: a \(command)"], ["C: a \(command)"]).check()
    }

    @Test(arguments: [
        Relay(
            "added",
            "capabilities: {add: [XTEST, imap4REV1]}",
            ["S: * CAPABILITY IMAP4rev1", "S: * OK [CAPABILITY IMAP4rev1 XTEST] hi"],
            ["S: * CAPABILITY IMAP4rev1 XTEST", "S: * OK [CAPABILITY IMAP4rev1 XTEST] hi"]
        ),
        Relay(
            "exchanged, and not refused",
            "capabilities: {remove: [IDLE], add: [XIDLE]}",
            ["S: * CAPABILITY IMAP4rev1 IDLE", "C: a IDLE"],
            ["S: * CAPABILITY IMAP4rev1 XIDLE", "C: a IDLE"]
        ),
    ])
    func `capabilities changes what is shown and nothing else`(relay: Relay) throws { try relay.check() }
}
