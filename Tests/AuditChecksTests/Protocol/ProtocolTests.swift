import AuditChecks
import IMAPSession
import Testing

@Suite struct ProtocolTests {
    static let open = "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in\n"
    static let selected = open + "C: 2 SELECT INBOX\nS: * 9 EXISTS\nS: * OK [UIDVALIDITY 7] valid\nS: 2 OK open\n"

    private static func many(_ count: Int, _ command: (Int) -> String, answers: String = "done") -> String {
        (0..<count).map { "C: n\($0) \(command($0))\nS: n\($0) OK \(answers)" }.joined(separator: "\n")
    }

    static let octets: [AuditCase] = [
        AuditCase(
            "P01",
            open + "C: 2 CREATE {19+}\nC: a\nC: 2x DELETE inbox\nC: \nS: 2 BAD no such literal\nS: 2x OK deleted",
            open + "C: 2 CREATE {19+}\nC: a\nC: 2x DELETE inbox\nC: \nS: 2 NO no such name"
        ),
        AuditCase(
            "P02",
            open + "C: 2 CREATE \"a\nC: 3 DELETE INBOX\nS: 2 BAD what\nS: 3 OK gone",
            open + "C: 2 CREATE \"a \\\"b\\\"\"\nS: 2 OK made\nC: 3 DELETE INBOX\nS: 3 OK gone"
        ),
        AuditCase("P02", open + "C: 2 CREATE a\\0b\nS: 2 NO no", open + "C: 2 CREATE ab\nS: 2 OK made"),
        AuditCase(
            "P03",
            selected + "C: 3 FETCH 1 BODY.PEEK[]\nS: * 1 FETCH (BODY[] {99999999999999999999999}\nS: 3 OK done",
            selected + "C: 3 FETCH 1 BODY.PEEK[]\nS: * 1 FETCH (BODY[] {3}\nS: a)\nS: 3 OK done"
        ),
        AuditCase(
            "P04",
            open + "C: 2 NOOP\\n3 NOOP\nS: 2 OK\nS: 3 OK",
            open + "C: 2 NOOP\nC: 3 NOOP\nS: 2 OK\nS: 3 OK"
        ),
        AuditCase("P04", open + "C: 2 CREATE \"a\\rb\"\nS: 2 OK made", open + "C: 2 CREATE \"a b\"\nS: 2 OK made"),
        AuditCase(
            "P05",
            open + "C: 2 NOOP\nC: 2 CHECK\nS: 2 OK\nS: 2 OK",
            open + "C: 2 NOOP\nS: 2 OK a\nC: 2 NOOP\nS: 2 OK b"
        ),
        AuditCase("P05", open + "C: a2 NOOP\nS: A2 OK done", open + "C: a2 NOOP\nS: a2 OK done"),
        AuditCase(
            "P06",
            open + "C: 2 APPEND INBOX {3+}\nC: abcdef\nS: 2 BAD what",
            open + "C: 2 APPEND INBOX {5+}\nC: abc\nC: \nS: 2 OK added"
        ),
    ]

    static let mailboxes: [AuditCase] = [
        AuditCase(
            "P07",
            selected + "C: 3 FETCH 1:9 FLAGS\nS: * 1 EXPUNGE\nS: 3 OK done",
            selected + "C: 3 NOOP\nS: * 1 EXPUNGE\nS: 3 OK done"
        ),
        AuditCase("P08", open + "C: 2 NOOP\nS: * 3 EXISTS\nS: 2 OK", selected + "C: 3 NOOP\nS: * 10 EXISTS\nS: 3 OK"),
        AuditCase(
            "P09",
            selected + "C: 3 FETCH 1:2 UID\nS: * 1 FETCH (UID 5)\nS: * 2 FETCH (UID 4)\nS: 3 OK",
            selected + "C: 3 FETCH 1:2 UID\nS: * 1 FETCH (UID 5)\nS: * 2 FETCH (UID 6)\nS: 3 OK"
        ),
        AuditCase(
            "P10",
            open + "C: 2 LIST \"\" *\nS: * LIST () \"/\" \"a&b\"\nS: 2 OK",
            open + "C: 2 LIST \"\" *\nS: * LIST () \"/\" \"a&AOQ-\"\nS: 2 OK"
        ),
        AuditCase("P10", open + "C: 2 CREATE \"Entwürfe\"\nS: 2 OK", open + "C: 2 CREATE \"Entw&APw-rfe\"\nS: 2 OK"),
        AuditCase(
            "P16",
            selected + "C: 3 FETCH 1 (FLAGS BODY[])\nS: 3 OK",
            selected + "C: 3 FETCH 1 (FLAGS BODY.PEEK[] RFC822.SIZE)\nS: 3 OK"
        ),
        AuditCase(
            "P16",
            selected + "C: 3 UID FETCH 1 RFC822\nS: 3 OK",
            open + "C: 2 EXAMINE INBOX\nS: * 9 EXISTS\nS: 2 OK\nC: 3 UID FETCH 1 RFC822\nS: 3 OK"
        ),
        AuditCase("P17", selected + "S: * FLAGS (\\Seen \\*)", selected + "S: * FLAGS (\\Seen)"),
    ]

    static let texts: [AuditCase] = [
        AuditCase(
            "P11",
            open + "C: 2 LIST \"\" *\nS: * LIST () \"/\" \"a\u{202E}b\"\nS: 2 OK",
            open + "C: 2 LIST \"\" *\nS: * LIST () \"/\" \"aäb\"\nS: 2 OK"
        ),
        AuditCase("P11", "S: * OK \u{1B}[2Jhello", "S: * OK [2Jhello"),
        AuditCase(
            "P12",
            open + "S: * OK [ALERT] Click https://evil.example/ now",
            open + "S: * OK [ALERT] The disk is full"
        ),
        AuditCase("P12", "S: * OK [ALERT] <a href=x>me</a>", "S: * OK see https://mail.example/"),
        AuditCase(
            "P15",
            open + "C: 2 CREATE a\nS: 2 NO [OVERQUOTA] no room",
            open + "C: 2 CREATE a\nS: 2 NO [ALREADYEXISTS] is there"
        ),
        AuditCase(
            "P15",
            open + "S: * BYE [UNAVAILABLE] later",
            open + "C: 2 LOGOUT\nS: * BYE [UNAVAILABLE] later\nS: 2 OK"
        ),
    ]

    static let times: [AuditCase] = [
        AuditCase(
            "P13",
            selected + "C: 3 IDLE\nS: + idling\nwait: 1900\nC: DONE\nS: 3 OK",
            selected + "C: 3 IDLE\nS: + idling\nwait: 1700\nC: DONE\nS: 3 OK"
        ),
        AuditCase(
            "P14",
            selected + "wait: 600\nS: * BYE Disconnected for inactivity.",
            selected + "wait: 1860\nS: * BYE Disconnected for inactivity."
        ),
        AuditCase("P14", selected + "wait: 60\nS: * BYE Autologout", selected + "wait: 60\nS: * BYE Going down"),
        AuditCase(
            "P18",
            selected + many(20) { "UID FETCH \($0 + 1) FLAGS" },
            selected + many(20) { "UID FETCH \($0 + 1):* FLAGS" }
        ),
        AuditCase("P18", open + many(5) { _ in "SELECT INBOX" }, open + many(5) { "SELECT box\($0)" }),
        AuditCase(
            "P18",
            "S: * OK [CAPABILITY IMAP4rev1 IDLE] hello\nC: 1 LOGIN jack x\nS: 1 OK in\n" + many(10) { _ in "NOOP" },
            open + many(10) { _ in "NOOP" }
        ),
        AuditCase(
            "P18",
            "S: * OK hello\n" + many(4) { _ in "CAPABILITY" },
            "S: * OK hello\n" + many(3) { _ in "CAPABILITY" }
        ),
        AuditCase(
            "P19",
            selected + "C: 3 SEARCH TEXT x\nwait: 11\nS: * SEARCH 1\nS: 3 OK",
            selected + "C: 3 SEARCH TEXT x\nwait: 9\nS: * SEARCH 1\nS: 3 OK"
        ),
        AuditCase(
            "P19",
            selected + "C: 3 FETCH 1 FLAGS\nwait: 11\nS: 3 OK",
            selected + "C: 3 IDLE\nS: + idling\nwait: 11\nC: DONE\nS: 3 OK"
        ),
    ]

    @Test(arguments: octets + mailboxes + texts + times)
    func `what breaks the protocol is told, what is like it and right is not`(row: AuditCase) {
        #expect(AuditedTranscript().play(row.guilty).findings(row.check).isEmpty == false)
        #expect(AuditedTranscript().play(row.innocent).findings(row.check).isEmpty)
    }

    @Test func `a note that a graver check adopts becomes its finding, another stays a note and is counted`() {
        let name = AuditedTranscript().play(Self.mailboxes[3].guilty)
        #expect(name.findings("P10").first?.isNote == false)
        #expect(name.findings("P10").first?.severity == .low)
        let flag = AuditedTranscript().play(Self.selected + "S: * FLAGS (\\Seen \\*)")
        #expect(flag.findings("P17").first?.isNote == true)
        #expect(flag.engine.totals.groups["P17"]?.count == 1)
    }

    @Test func `mail after a login is told apart from what is for people`() {
        let box =
            Self.selected
            + "C: 3 FETCH 1 FLAGS\nS: * 1 FETCH (FLAGS (\\Seen))\nS: * OK [ALERT] www.evil.example\nS: 3 OK"
        #expect(AuditedTranscript().play(box).findings("P12").count == 1)
    }

    @Test func `the policy says what is slow`() {
        let lines = Self.selected + "C: 3 SEARCH TEXT x\nwait: 11\nS: * SEARCH 1\nS: 3 OK"
        #expect(AuditedTranscript(policy: .rfc).play(lines).findings("P19").isEmpty)
        let found = AuditedTranscript().play(lines).findings("P19")
        #expect(found.first?.text == "SEARCH was completed after 11.0 s, its first octet after 11.0 s")
    }
}
