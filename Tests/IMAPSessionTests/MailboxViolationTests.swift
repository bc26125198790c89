import IMAPSession
import Testing

/// What a session says of a broken promise, and that it says nothing where none is broken.
struct Promise: Sendable, CustomTestStringConvertible {
    var name: String
    /// Played after a login and, where `selected`, a SELECT of INBOX with 5 messages.
    var steps: [Step]
    var findings: [String]
    var selected = true
    var testDescription: String { self.name }

    init(_ name: String, _ steps: [Step], _ findings: [String] = [], selected: Bool = true) {
        self.name = name
        self.steps = steps
        self.findings = findings
        self.selected = selected
    }

    static let selection: [Step] = [
        .c("s SELECT INBOX|"),
        .s("* FLAGS (\\Seen \\Deleted $x)|* 5 EXISTS|* 0 RECENT|* OK [PERMANENTFLAGS (\\Seen \\Deleted $x)] ok|"),
        .s("* OK [UIDVALIDITY 7] ok|* OK [UIDNEXT 60] ok|* OK [HIGHESTMODSEQ 90] ok|s OK [READ-WRITE] ok|"),
    ]

    var play: [Step] { [.s("* PREAUTH hi|")] + (self.selected ? Self.selection : []) + self.steps }
}

private let expunges: [Promise] = [
    Promise(
        "EXPUNGE during FETCH",
        [.c("a FETCH 1 FLAGS|"), .s("* 2 EXPUNGE|a OK|")],
        ["P07 EXPUNGE during FETCH: the client may use numbers that have shifted"]
    ),
    Promise("EXPUNGE during STORE", [.c("a STORE 1 FLAGS ()|"), .s("* 2 EXPUNGE|a OK|")], ["P07"]),
    Promise("EXPUNGE during SEARCH", [.c("a SEARCH ALL|"), .s("* 2 EXPUNGE|a OK|")], ["P07"]),
    Promise(
        "EXPUNGE while no command is in progress",
        [.c("a NOOP|"), .s("a OK|* 2 EXPUNGE|")],
        ["P07 EXPUNGE while no command is in progress: the next command may use numbers that have shifted"]
    ),
    Promise(
        "EXPUNGE before the command is there whole",
        [.c("a CREATE {1}|"), .s("* 2 EXPUNGE|+ go|"), .c("x|"), .s("a OK|")],
        ["P07"]
    ),
    Promise("EXPUNGE during UID FETCH", [.c("a UID FETCH 1 FLAGS|"), .s("* 2 EXPUNGE|a OK|")]),
    Promise("EXPUNGE during UID STORE", [.c("a UID STORE 1 FLAGS ()|"), .s("* 2 EXPUNGE|a OK|")]),
    Promise("EXPUNGE during UID SEARCH", [.c("a UID SEARCH ALL|"), .s("* 2 EXPUNGE|a OK|")]),
    Promise("EXPUNGE during NOOP", [.c("a NOOP|"), .s("* 2 EXPUNGE|a OK|")]),
    Promise("EXPUNGE during EXPUNGE", [.c("a EXPUNGE|"), .s("* 5 EXPUNGE|* 4 EXPUNGE|a OK|")]),
    Promise("EXPUNGE during IDLE", [.c("a IDLE|"), .s("+ idling|* 2 EXPUNGE|"), .c("DONE|"), .s("* 1 EXPUNGE|a OK|")]),
    Promise("EXPUNGE during COPY", [.c("a COPY 1 x|"), .s("* 2 EXPUNGE|a OK|")]),
    Promise("EXPUNGE during FETCH and NOOP", [.c("a FETCH 1 FLAGS|b NOOP|"), .s("* 2 EXPUNGE|a OK|b OK|")]),
    Promise(
        "EXPUNGE at any time after NOTIFY with SELECTED",
        [
            .c("a NOTIFY SET (selected (MessageNew MessageExpunge))|"), .s("a OK|* 2 EXPUNGE|"),
            .c("b NOTIFY NONE|"), .s("b OK|* 2 EXPUNGE|"),
        ],
        ["P07"]
    ),
    Promise(
        "SELECTED-DELAYED waits for a command",
        [.c("a NOTIFY SET (selected-delayed (MessageExpunge))|"), .s("a OK|* 2 EXPUNGE|")],
        ["P07"]
    ),
    Promise(
        "VANISHED during FETCH",
        [.c("q ENABLE QRESYNC|"), .s("* ENABLED QRESYNC|q OK|"), .c("a FETCH 1 FLAGS|"), .s("* VANISHED 50|a OK|")],
        ["command-in-wrong-state", "P07 VANISHED during FETCH"]
    ),
    Promise(
        "VANISHED (EARLIER) may come with any UID FETCH",
        [
            .c("q ENABLE QRESYNC|"), .s("* ENABLED QRESYNC|q OK|"), .c("s SELECT x (QRESYNC (7 1))|"),
            .s("* 3 EXISTS|* VANISHED (EARLIER) 1:40|s OK|"), .c("a UID FETCH 1:* FLAGS (CHANGEDSINCE 1 VANISHED)|"),
            .s("* VANISHED (EARLIER) 41|a OK|"),
        ],
        selected: false
    ),
]

private let numbers: [Promise] = [
    Promise(
        "FETCH of a message that is not there",
        [.c("a NOOP|"), .s("* 6 FETCH (FLAGS ())|a OK|")],
        ["sequence-number-out-of-range FETCH of message 6, but the mailbox holds 5"]
    ),
    Promise("message 0", [.c("a NOOP|"), .s("* 0 FETCH (FLAGS ())|a OK|")], ["sequence-number-out-of-range"]),
    Promise("FETCH of the last message", [.c("a NOOP|"), .s("* 5 FETCH (FLAGS ())|a OK|")]),
    Promise("FETCH after EXISTS", [.c("a NOOP|"), .s("* 6 EXISTS|* 6 FETCH (FLAGS ())|a OK|")]),
    Promise("EXPUNGE beyond", [.c("a NOOP|"), .s("* 6 EXPUNGE|a OK|")], ["sequence-number-out-of-range"]),
    Promise("EXPUNGE of 0", [.c("a NOOP|"), .s("* 0 EXPUNGE|a OK|")], ["sequence-number-out-of-range"]),
    Promise(
        "five times the last, a sixth time nothing",
        [.c("a EXPUNGE|"), .s("* 5 EXPUNGE|* 4 EXPUNGE|* 3 EXPUNGE|* 2 EXPUNGE|* 1 EXPUNGE|* 1 EXPUNGE|a OK|")],
        ["sequence-number-out-of-range EXPUNGE of message 1, but the mailbox holds 0"]
    ),
    Promise(
        "SEARCH finds too much",
        [.c("a SEARCH ALL|"), .s("* SEARCH 2 6|a OK|")],
        ["sequence-number-out-of-range"]
    ),
    Promise("SEARCH finds the last", [.c("a SEARCH ALL|"), .s("* SEARCH 2 5 (MODSEQ 9)|a OK|")]),
    Promise("UID SEARCH finds UIDs", [.c("a UID SEARCH ALL|"), .s("* SEARCH 2 600|a OK|")]),
    Promise(
        "the client names a message that is not there",
        [.c("a FETCH 1,6 FLAGS|"), .s("a BAD|")],
        ["sequence-number-out-of-range FETCH names message 6, but the mailbox holds 5"]
    ),
    Promise(
        "a range that ends too high",
        [.c("a STORE 4:9 FLAGS ()|"), .s("a BAD|")],
        ["sequence-number-out-of-range"]
    ),
    Promise("the client names the last message", [.c("a FETCH 5 FLAGS|"), .s("a OK|")]),
    Promise("a range to the end", [.c("a FETCH 6:* FLAGS|"), .s("a OK|")]),
    Promise("UIDs may be any", [.c("a UID FETCH 9999 FLAGS|"), .s("a OK|")]),
    Promise(
        "a command that may have crossed an EXPUNGE",
        [.c("a NOOP|"), .s("* 5 EXPUNGE|a OK|"), .c("b FETCH 5 FLAGS|"), .s("b BAD|")]
    ),
    Promise(
        "a command after one that saw the EXPUNGE",
        [.c("a NOOP|"), .s("* 5 EXPUNGE|a OK|"), .c("b NOOP|"), .s("b OK|"), .c("c FETCH 5 FLAGS|"), .s("c BAD|")],
        ["sequence-number-out-of-range"]
    ),
    Promise("a pipelined command", [.c("a NOOP|b FETCH 6 FLAGS|"), .s("* 6 EXISTS|a OK|b OK|")]),
    Promise(
        "a pipelined SELECT and FETCH",
        [.c("a SELECT y|b FETCH 9 FLAGS|"), .s("* 9 EXISTS|a OK|* 9 FETCH (FLAGS ())|b OK|")]
    ),
    Promise(
        "EXISTS that shrinks",
        [.c("a NOOP|"), .s("* 3 EXISTS|a OK|")],
        ["exists-shrank EXISTS falls from 5 to 3 without EXPUNGE: which messages are gone is not said"]
    ),
    Promise("EXISTS that says what EXPUNGE said", [.c("a NOOP|"), .s("* 5 EXPUNGE|* 4 EXISTS|a OK|")]),
    Promise("EXISTS again", [.c("a NOOP|"), .s("* 5 EXISTS|* 7 EXISTS|* 7 EXISTS|a OK|")]),
    Promise("EXISTS beyond 32 bits", [.c("a NOOP|"), .s("* 4294967296 EXISTS|a OK|")], ["number-too-large"]),
    Promise("RECENT above EXISTS", [.c("a NOOP|"), .s("* 6 RECENT|a OK|")], ["recent-above-exists"]),
    Promise("RECENT at most EXISTS", [.c("a NOOP|"), .s("* 5 RECENT|* 1 EXPUNGE|* 4 EXISTS|a OK|")]),
    Promise(
        "RECENT before EXISTS, in SELECT",
        [.c("a SELECT y|"), .s("* 3 RECENT|* 2 EXISTS|a OK|")],
        ["recent-above-exists"]
    ),
    Promise("RECENT before EXISTS of another mailbox", [.c("a SELECT y|"), .s("* 3 RECENT|* 9 EXISTS|a OK|")]),
]

private let uids: [Promise] = [
    Promise(
        "a UID that does not rise",
        [.c("a FETCH 1:* UID|"), .s("* 1 FETCH (UID 10)|* 2 FETCH (UID 10)|a OK|")],
        ["P09 message 2 has UID 10, but a message before it has UID 10: UIDs must rise"]
    ),
    Promise(
        "a UID above the next",
        [.c("a FETCH 1:* UID|"), .s("* 4 FETCH (UID 10)|* 2 FETCH (UID 11)|a OK|")],
        ["P09 message 2 has UID 11, but a message behind it has UID 10: UIDs must rise"]
    ),
    Promise(
        "a UID that changes",
        [.c("a FETCH 1:* UID|"), .s("* 2 FETCH (UID 10)|* 2 FETCH (FLAGS () UID 11)|a OK|")],
        ["P09 message 2 had UID 10 and now has UID 11"]
    ),
    Promise("UID 0", [.c("a FETCH 1:* UID|"), .s("* 2 FETCH (UID 0)|a OK|")], ["P09 0 is no UID"]),
    Promise("a UID of 33 bits", [.c("a FETCH 1 UID|"), .s("* 2 FETCH (UID 4294967296)|a OK|")], ["P09"]),
    Promise(
        "UIDs that rise in any order of lines, and move down",
        [
            .c("a FETCH 1:* UID|"), .s("* 5 FETCH (UID 50)|* 1 FETCH (UID 10)|* 3 FETCH (UID 30)|a OK|"),
            .c("b NOOP|"), .s("* 1 EXPUNGE|* 2 FETCH (UID 30)|* 4 FETCH (UID 50)|b OK|"),
        ]
    ),
    Promise(
        "UIDs of another mailbox are others",
        [
            .c("a FETCH 1:* UID|"), .s("* 1 FETCH (UID 50)|a OK|"), .c("b SELECT y|"),
            .s("* 1 EXISTS|b OK|"), .c("c FETCH 1 UID|"), .s("* 1 FETCH (UID 3)|c OK|"),
        ]
    ),
    Promise(
        "what a search let conclude is not held against the server",
        [
            .c("a UID SEARCH ALL|"), .s("* SEARCH 10 20 30 40 50|a OK|"), .c("b FETCH 2 UID|"),
            .s("* 2 FETCH (UID 21)|b OK|"),
        ]
    ),
    Promise(
        "UIDNEXT below a UID",
        [.c("a FETCH 1 UID|"), .s("* 1 FETCH (UID 61)|* OK [UIDNEXT 61] x|a OK|")],
        ["P09 UIDNEXT is 61, but a message has UID 61 already"]
    ),
    Promise("UIDNEXT above all UIDs", [.c("a FETCH 1 UID|"), .s("* 1 FETCH (UID 61)|* OK [UIDNEXT 62] x|a OK|")]),
    Promise(
        "UIDVALIDITY changes between two SELECTs",
        [.c("a SELECT inbox|"), .s("* 5 EXISTS|* OK [UIDVALIDITY 8]|a OK|")],
        ["P09 UIDVALIDITY of “inbox” was 7 and is 8 now: what clients cached is void"]
    ),
    Promise(
        "UIDVALIDITY falls",
        [.c("a SELECT y|"), .s("a NO|"), .c("b EXAMINE INBOX|"), .s("* 5 EXISTS|* OK [UIDVALIDITY 6]|b OK|")],
        ["P09 UIDVALIDITY of “INBOX” was 7 and is 6 now: what clients cached is void, and it must never fall"]
    ),
    Promise(
        "UIDVALIDITY changes while open",
        [.c("a NOOP|"), .s("* OK [UIDVALIDITY 8]|a OK|")],
        ["P09 UIDVALIDITY changes from 7 to 8 while the mailbox is open"]
    ),
    Promise("another mailbox has another UIDVALIDITY", [.c("a SELECT y|"), .s("* OK [UIDVALIDITY 9]|a OK|")]),
    Promise(
        "a mailbox that the client made anew",
        [
            .c("a CLOSE|"), .s("a OK|"), .c("b DELETE INBOX|"), .s("b OK|"), .c("c SELECT INBOX|"),
            .s("* 0 EXISTS|* OK [UIDVALIDITY 9]|c OK|"),
        ]
    ),
    Promise("UIDVALIDITY 0 is unknown", [.c("a SELECT INBOX|"), .s("* OK [UIDVALIDITY 0]|a OK|")]),
    Promise(
        "HIGHESTMODSEQ falls",
        [.c("a CLOSE|"), .s("a OK|"), .c("b SELECT INBOX|"), .s("* OK [UIDVALIDITY 7]|* OK [HIGHESTMODSEQ 89]|b OK|")],
        ["P09 HIGHESTMODSEQ falls from 90 to 89"]
    ),
    Promise("HIGHESTMODSEQ falls while open", [.c("a EXPUNGE|"), .s("a OK [HIGHESTMODSEQ 89] x|")], ["P09"]),
    Promise("HIGHESTMODSEQ rises", [.c("a EXPUNGE|"), .s("a OK [HIGHESTMODSEQ 91] x|")]),
    Promise(
        "NOMODSEQ",
        [.c("a SELECT INBOX|"), .s("* OK [UIDVALIDITY 7]|* OK [NOMODSEQ]|a OK|")]
    ),
]

private let states: [Promise] = [
    Promise(
        "FETCH while no mailbox is open",
        [.c("a NOOP|"), .s("* 1 FETCH (FLAGS ())|a OK|")],
        ["P08 FETCH while no mailbox is open"],
        selected: false
    ),
    Promise("EXISTS while no mailbox is open", [.c("a NOOP|"), .s("* 1 EXISTS|a OK|")], ["P08"], selected: false),
    Promise("FLAGS while no mailbox is open", [.s("* FLAGS ()|")], ["P08"], selected: false),
    Promise("SEARCH while no mailbox is open", [.s("* SEARCH 1|")], ["P08"], selected: false),
    Promise("EXPUNGE after CLOSE", [.c("a CLOSE|"), .s("a OK|* 1 EXPUNGE|")], ["P08"]),
    Promise("EXISTS after UNSELECT", [.c("a UNSELECT|"), .s("a OK|* 1 EXISTS|")], ["P08"]),
    Promise("EXISTS after a failed SELECT", [.c("a SELECT y|"), .s("a NO no|* 1 EXISTS|")], ["P08"]),
    Promise("EXISTS after a malformed SELECT", [.c("a SELECT y z|"), .s("a BAD no|* 6 EXISTS|")]),
    Promise("EXISTS after a refused CLOSE", [.c("a CLOSE|"), .s("a BAD no|* 6 EXISTS|")]),
    Promise(
        "data of SELECT, in any order, behind other commands",
        [.c("x NOOP|a SELECT y|"), .s("x OK|* OK [UIDNEXT 3]|* 1 EXISTS|* FLAGS ()|* 1 FETCH (UID 2)|a OK|")],
        selected: false
    ),
    Promise(
        "CLOSED separates two mailboxes",
        [
            .c("a SELECT y|"), .s("* 1 EXPUNGE|* 7 EXISTS|* OK [CLOSED] bye|* 1 EXISTS|* 1 FETCH (UID 1)|a OK|"),
            .c("b FETCH 2 FLAGS|"), .s("b BAD|"),
        ],
        ["sequence-number-out-of-range"]
    ),
    Promise(
        "a search of several mailboxes",
        [.c("a ESEARCH IN (personal) ALL|"), .s("* ESEARCH (TAG \"a\") ALL 1|a OK|")],
        selected: false
    ),
    Promise(
        "ENABLE after SELECT",
        [.c("a ENABLE CONDSTORE|"), .s("* ENABLED CONDSTORE|a OK|")],
        ["command-in-wrong-state ENABLE is allowed only before a mailbox is opened"]
    ),
    Promise("ENABLE before SELECT", [.c("a ENABLE CONDSTORE|"), .s("* ENABLED CONDSTORE|a OK|")], selected: false),
    Promise(
        "a server that hangs up",
        [.s("* BYE [UNAVAILABLE] back soon|")],
        ["P15 the server ends the session without LOGOUT: “UNAVAILABLE”"]
    ),
    Promise("a server that is asked to hang up", [.c("a LOGOUT|"), .s("* BYE|a OK|")]),
    Promise(
        "a referral",
        [.c("a SELECT y|"), .s("a NO [REFERRAL imap://user;AUTH=*@other/y] there|")],
        ["S14 the server refers the client to “imap://user;AUTH=*@other/y”, past imapscope"],
        selected: false
    ),
    Promise("IDLE for half an hour", [.c("a IDLE|"), .s("+ |"), .minutes(31), .c("DONE|"), .s("a OK|")], ["P13"]),
    Promise("IDLE renewed in time", [.c("a IDLE|"), .s("+ |"), .minutes(29), .c("DONE|"), .s("a OK|")]),
]

private let extensions: [Promise] = [
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
            .c("q ENABLE QRESYNC|"), .s("* ENABLED|q OK|"), .c("s SELECT x|"), .s("* 3 EXISTS|s OK|"), .c("a NOOP|"),
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

@Suite("promises about mailboxes")
struct MailboxViolationTests {
    @Test(arguments: expunges + numbers + uids + states + extensions)
    fileprivate func `a broken promise is named, a kept one is not`(promise: Promise) {
        for slowly in [false, true] {
            let recorder = play(promise.play, slowly: slowly)
            let found = zip(recorder.findings, recorder.findingTexts).map { "\($0) \($1)" }
            #expect(found.count == promise.findings.count, "\(found)")
            for (finding, expected) in zip(found, promise.findings) {
                #expect(finding.hasPrefix(expected), "\(finding)")
            }
        }
    }

    @Test
    func `data without its extension is told once, however much comes`() {
        let lines = (1...5).map { "* \($0) FETCH (UID \($0) MODSEQ (9))|" }.joined()
        let recorder = play(Promise("", [.c("a FETCH 1:5 UID|"), .s(lines + "a OK|")]).play)
        #expect(recorder.findings == ["not-enabled"])
    }

    @Test
    func `beyond the limit of runs the session says once that it forgets`() {
        let lines = (1...300).map { "* \($0) FETCH (UID \($0 * 2))|" }.joined()
        let steps: [Step] = [.c("a NOOP|"), .s("* 400 EXISTS|a OK|"), .c("b FETCH 1:* UID|"), .s(lines + "b OK|")]
        let recorder = play(Promise("", steps).play, options: SessionOptions(mailboxRuns: 20))
        #expect(recorder.findings == ["uids-forgotten"])
    }

    @Test
    func `beyond the limit of commands nothing is said about states`() {
        let recorder = play(
            [.s("* PREAUTH|"), .c("a NOOP|b NOOP|c SELECT x|"), .s("a OK|b OK|* 1 EXISTS|c OK|* 1 FETCH (UID 1)|")],
            options: SessionOptions(outstandingExchanges: 2)
        )
        #expect(recorder.findings == ["too-many-commands", "unknown-tag"])
    }
}
