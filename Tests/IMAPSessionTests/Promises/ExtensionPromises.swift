extension Promise {
    /// What extensions bring only when they are on, and flags that are not permanent.
    static let extensions: [Promise] = [
        Promise(
            "VANISHED without QRESYNC",
            [.c("a NOOP|"), .s("* VANISHED 50|* VANISHED 51|a OK|")],
            ["not-enabled VANISHED although the client has not enabled QRESYNC or UIDONLY"]
        ),
        Promise(
            "VANISHED with QRESYNC, though no ENABLED came",
            [
                .c("q ENABLE QRESYNC|"), .s("q OK|"), .c("s SELECT x|"), .s("* 3 EXISTS|s OK|"), .c("a NOOP|"),
                .s("* VANISHED 50|* 2 EXISTS|a OK|"),
            ],
            selected: false
        ),
        Promise(
            "ENABLED leaves out what is not on",
            [
                .c("q ENABLE QRESYNC|"), .s("* ENABLED|q OK|"), .c("s SELECT x|"), .s("* 3 EXISTS|s OK|"),
                .c("a NOOP|"),
                .s("* VANISHED 50|a OK|"),
            ],
            ["not-enabled"],
            selected: false
        ),
        Promise(
            "EXPUNGE with QRESYNC",
            [
                .c("q ENABLE QRESYNC|"), .s("* ENABLED QRESYNC|q OK|"), .c("s SELECT x|"), .s("* 3 EXISTS|s OK|"),
                .c("a NOOP|"), .s("* 1 EXPUNGE|a OK|"),
            ],
            ["expunge-under-qresync"],
            selected: false
        ),
        Promise(
            "MODSEQ without CONDSTORE",
            [.c("a FETCH 1:2 FLAGS|"), .s("* 1 FETCH (MODSEQ (3))|* 2 FETCH (MODSEQ (4))|a OK|")],
            ["not-enabled MODSEQ although the client has not enabled CONDSTORE"]
        ),
        Promise("MODSEQ asked for", [.c("a FETCH 1 (MODSEQ)|"), .s("* 1 FETCH (MODSEQ (3))|a OK|")]),
        Promise(
            "MODSEQ after SELECT (CONDSTORE)",
            [.c("b SELECT x (condstore)|"), .s("* 3 EXISTS|b OK|* 1 FETCH (MODSEQ (3))|")]
        ),
        Promise(
            "MODSEQ after UNCHANGEDSINCE",
            [.c("a STORE 1 (UNCHANGEDSINCE 3) FLAGS ()|"), .s("* 1 FETCH (MODSEQ (3))|a OK|")]
        ),
        Promise("MODSEQ after STATUS", [.c("b STATUS x (HIGHESTMODSEQ)|"), .s("b OK|* 1 FETCH (MODSEQ (3))|")]),
        Promise("UIDFETCH without UIDONLY", [.c("a NOOP|"), .s("* 10 UIDFETCH (FLAGS ())|a OK|")], ["not-enabled"]),
        Promise(
            "numbers with UIDONLY",
            [
                .c("q ENABLE UIDONLY|"), .s("* ENABLED UIDONLY|q OK|"), .c("s SELECT x|"), .s("* 3 EXISTS|s OK|"),
                .c("a FETCH 1 FLAGS|"), .s("* 1 FETCH (FLAGS ())|a OK|"), .c("b NOOP|"), .s("* 1 EXPUNGE|b OK|"),
                .c("c SEARCH ALL|"), .s("c BAD [UIDREQUIRED]|"),
            ],
            ["number-under-uidonly", "number-under-uidonly", "number-under-uidonly", "number-under-uidonly"],
            selected: false
        ),
        Promise(
            "UIDs with UIDONLY, VANISHED at any time",
            [
                .c("q ENABLE UIDONLY|"), .s("* ENABLED UIDONLY|q OK|"), .c("s SELECT x|"), .s("* 3 EXISTS|s OK|"),
                .c("a UID FETCH 1 FLAGS|"), .s("* 10 UIDFETCH (FLAGS ())|a OK|* VANISHED 10|* 2 EXISTS|"),
            ],
            selected: false
        ),
        Promise(
            "a flag that is not permanent",
            [.c("a STORE 1 +FLAGS (\\Seen $y \\Flagged)|"), .s("a OK|")],
            [
                "flag-not-permanent “$y” is not among PERMANENTFLAGS: it is lost with the session, or refused",
                "flag-not-permanent",
            ]
        ),
        Promise("permanent flags in any case", [.c("a UID STORE 1 FLAGS.SILENT (\\SEEN $X)|"), .s("a OK|")]),
        Promise(
            "a flag without parentheses",
            [.c("a STORE 1 (UNCHANGEDSINCE 1) +FLAGS $y|"), .s("a OK|")],
            ["flag-not-permanent"]
        ),
        Promise("a flag taken away", [.c("a STORE 1 -FLAGS ($y)|"), .s("a OK|")]),
        Promise(
            "new keywords may be made",
            [
                .c("a NOOP|"), .s("* OK [PERMANENTFLAGS (\\Seen [x] \\*)] x|a OK|"), .c("b STORE 1 +FLAGS ($y)|"),
                .s("b OK|"),
            ]
        ),
        Promise(
            "no PERMANENTFLAGS, all are",
            [.c("a SELECT x|"), .s("* 1 EXISTS|a OK|"), .c("b STORE 1 +FLAGS ($y)|"), .s("b OK|")]
        ),
        Promise("UTF-8 that was not enabled", [.c("a NOOP|"), .s("* LIST () \"/\" \"é\"|a OK|")], ["eight-bit"]),
        Promise(
            "UTF-8 that was enabled",
            [
                .c("a ENABLE UTF8=ACCEPT|"), .s("* ENABLED UTF8=ACCEPT|a OK|"), .c("b CREATE \"é\"|"),
                .s("* LIST () \"/\" \"é\"|b OK|"),
            ],
            selected: false
        ),
        Promise(
            "IMAP4rev2 enabled",
            [.c("a ENABLE IMAP4rev2|"), .s("* ENABLED IMAP4rev2|a OK|"), .s("* LIST () \"/\" \"é\"|")],
            selected: false
        ),
        Promise(
            "UNAUTHENTICATE switches all off",
            [
                .c("a ENABLE UTF8=ACCEPT QRESYNC|"), .s("* ENABLED UTF8=ACCEPT QRESYNC|a OK|"), .c("u UNAUTHENTICATE|"),
                .s("u OK|"), .c("l LOGIN x y|"), .s("l OK|"), .c("s SELECT x|"), .s("* 3 EXISTS|s OK|"),
                .c("n NOOP|"), .s("* VANISHED 5|* LIST () \"/\" \"é\"|n OK|"),
            ],
            ["not-enabled", "eight-bit"],
            selected: false
        ),
    ]
}
