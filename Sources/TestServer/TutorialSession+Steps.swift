extension TutorialSession {
    /// The tag of the answer that nobody asked for.
    public static let strayTag = "x1234"

    /// The tutorial's commands with its tags and spelling, in its order.
    static let tutorial: [TutorialStep] =
        Self.opening + Self.keywords + Self.searches + Self.folders + Self.messages + Self.ending

    private static let crash = "Subject: crash\r\n\r\n"

    private static let opening: [TutorialStep] = [
        TutorialStep("Greeting", "*", .greeting, [.prefix("* OK")]),
        TutorialStep(
            "Capabilities",
            "c",
            .command("capability"),
            [.prefix("* CAPABILITY IMAP4rev1"), .contains("AUTH=CRAM-MD5")]
        ),
        TutorialStep("AUTHENTICATE CRAM-MD5", "j", .cramMD5("authenticate cram-md5")),
        TutorialStep(
            "SELECT",
            "s",
            .command("select inbox"),
            [
                .line("* 64 EXISTS"), .contains("[UIDVALIDITY 1548379801]"), .contains("[UIDNEXT 72]"),
                .contains("[UNSEEN 1]"), .code("READ-WRITE"),
            ]
        ),
    ]

    private static let keywords: [TutorialStep] = [
        TutorialStep(
            "Keywords",
            "f",
            .command("FETCH 1:10 FLAGS"),
            [.count(10, prefix: "* "), .line("* 3 FETCH (FLAGS (\\Seen))")]
        ),
        TutorialStep(
            "Keywords",
            "g",
            .command("STORE 2 +FLAGS (some-flag)"),
            [
                .line("* 2 FETCH (FLAGS (some-flag))"),
                .contains("FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft some-flag)"),
            ]
        ),
        TutorialStep(
            "Keywords",
            "k",
            .command("STORE 5:8 +FLAGS (a-different-flag)"),
            [.line("* 5 FETCH (FLAGS (\\Seen a-different-flag))")]
        ),
        TutorialStep(
            "Keywords",
            "r",
            .command("FETCH 1:10 FLAGS"),
            [.line("* 2 FETCH (FLAGS (some-flag))"), .line("* 8 FETCH (FLAGS (a-different-flag))")]
        ),
        TutorialStep("Unique identifiers", "f", .command("fetch 1:5 UID "), [.uids([8, 9, 10, 11, 12])]),
        TutorialStep(
            "Unique identifiers",
            "w",
            .command("UID STORE 10 +FLAGS (a-funny-flag)"),
            [.line("* 3 FETCH (UID 10 FLAGS (\\Seen a-funny-flag))")]
        ),
        TutorialStep(
            "Unique identifiers",
            "u",
            .command("UID FETCH 71 BODY[HEADER.FIELDS (SUBJECT)]"),
            [.prefix("* 64 FETCH (UID 71 BODY[HEADER.FIELDS (SUBJECT)] {18}"), .literal(Array(Self.crash.utf8))]
        ),
    ]

    private static let searches: [TutorialStep] = [
        TutorialStep("SEARCH UNSEEN", "s", .command("SEARCH UNSEEN"), [.search([1, 2, 4] + Array(6...63))]),
        TutorialStep(
            "SEARCH HEADER",
            "s",
            .command("SEARCH UNSEEN HEADER SUBJECT \"crash\""),
            [.search(Array(14...63))]
        ),
        TutorialStep(
            "Reading sets \\Seen",
            "f",
            .command("FETCH 15 BODY[HEADER.FIELDS (SUBJECT)]"),
            [.contains("FLAGS (\\Seen)"), .literal(Array(Self.crash.utf8))]
        ),
        TutorialStep(
            "SEARCH HEADER",
            "s",
            .command("SEARCH UNSEEN HEADER SUBJECT \"crash\""),
            [.search([14] + Array(16...63))]
        ),
        TutorialStep(
            "SEARCH OR SMALLER",
            "s",
            .command("SEARCH OR SMALLER 10000 HEADER SUBJECT \"crash\""),
            [.search(Array(1...64))]
        ),
        TutorialStep(
            "A message without subject",
            "r",
            .command("FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]"),
            [.literal([13, 10])]
        ),
        TutorialStep("Sizes", "r", .command("FETCH 1 RFC822.SIZE"), [.line("* 1 FETCH (RFC822.SIZE 447)")]),
        TutorialStep("SEARCH NOT", "s", .command("SEARCH NOT HEADER SUBJECT \"crash\""), [.search(Array(1...13))]),
        TutorialStep(
            "SEARCH NOT",
            "f",
            .command("FETCH 10 BODY[HEADER.FIELDS (SUBJECT)]"),
            [.contains("Subject: mary")]
        ),
    ]

    private static let folders: [TutorialStep] = [
        TutorialStep("NAMESPACE", "n", .command("namespace"), [.line("* NAMESPACE ((\"\" \".\")) NIL NIL")]),
        TutorialStep(
            "LIST",
            "k",
            .command("LIST \"\" \"*\""),
            [.count(3, prefix: "* LIST"), .contains("\".\" INBOX")]
        ),
        TutorialStep("CREATE", "c", .command("CREATE work")),
        TutorialStep("CREATE", "k", .command("LIST \"\" \"*\""), [.count(4, prefix: "* LIST")]),
        TutorialStep("CREATE", "c", .command("CREATE work.receipts")),
        TutorialStep("CREATE with spaces", "c", .command("CREATE \"work.due today\"")),
        TutorialStep("CREATE with spaces", "c", .command("CREATE \"work.follow up\"")),
        TutorialStep(
            "LIST",
            "k",
            .command("LIST \"\" \"work*\""),
            [.count(4, prefix: "* LIST"), .line("* LIST (\\HasNoChildren) \".\" \"work.due today\"")]
        ),
    ]

    /// 91 octets, of which the tutorial announces 89: it counted a text of 88 with LF line ends and added one.
    private static let report = Array(
        "Subject: Send the weekly report\r\n\r\nRemember to send the weekly report to THE BOSS TODAY!!\r\n".utf8
    )

    private static let messages: [TutorialStep] = [
        TutorialStep("COPY", "001", .command("select inbox"), [.line("* 64 EXISTS")]),
        TutorialStep("COPY", "f", .command("fetch 10 rfc822"), [.prefix("* 10 FETCH ("), .keepsLiteral("original")]),
        TutorialStep("COPY", "c", .command("COPY 10 \"work.due today\""), [.code("COPYUID")]),
        TutorialStep(
            "STORE \\Deleted",
            "s",
            .command("STORE 10 +FLAGS (\\Deleted)"),
            [.line("* 10 FETCH (FLAGS (\\Deleted \\Seen))")]
        ),
        TutorialStep("EXPUNGE", "e", .command("EXPUNGE"), [.line("* 10 EXPUNGE"), .count(1, prefix: "* ")]),
        TutorialStep("COPY", "s", .command("SELECT \"work.due today\""), [.line("* 1 EXISTS")]),
        TutorialStep("COPY", "f", .command("FETCH 1 RFC822"), [.sameLiteral("original")]),
        TutorialStep(
            "APPEND",
            "a",
            .literal("APPEND \"work.due today\"", size: 89, octets: Self.report),
            [.code("APPENDUID"), .line("* 2 EXISTS")]
        ),
        TutorialStep("APPEND", "s", .command("select \"work.due today\""), [.line("* 2 EXISTS")]),
        TutorialStep("APPEND", "f", .command("fetch 2 rfc822"), [.literal(Array(Self.report.prefix(89)))]),
    ]

    private static let ending: [TutorialStep] = [
        TutorialStep("IDLE", "i", .idle),
        TutorialStep("An answer with a tag that nobody sent", "n", .command("NOOP"), [.strayTag(Self.strayTag)]),
        TutorialStep("LOGOUT", "z", .command("LOGOUT"), [.prefix("* BYE")]),
    ]
}
