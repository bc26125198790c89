import Testing
import Traffic

@testable import TestServer

@Suite struct StructureTests {
    private static func text(_ line: OutputLine) -> String {
        String(decoding: line.octets(lineEnd: [], literalSizeError: 0), as: UTF8.self)
    }

    static let addresses: [(String, String)] = [
        ("a@b.c", "((NIL NIL \"a\" \"b.c\"))"),
        ("Ann Lee <a.b@c.d>", "((\"Ann Lee\" NIL \"a.b\" \"c.d\"))"),
        ("\"Lee, Ann\" <a@b>", "((\"Lee, Ann\" NIL \"a\" \"b\"))"),
        ("a@b (Ann (the) Lee)", "((\"Ann (the) Lee\" NIL \"a\" \"b\"))"),
        ("<@x,@y:a@b>, c@d", "((NIL \"@x,@y\" \"a\" \"b\")(NIL NIL \"c\" \"d\"))"),
        (
            "team: a@b, c@d;, e@f",
            "((NIL NIL \"team\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")(NIL NIL NIL NIL)(NIL NIL \"e\" \"f\"))"
        ),
        ("undisclosed-recipients:;", "((NIL NIL \"undisclosed-recipients\" NIL)(NIL NIL NIL NIL))"),
        ("root", "((NIL NIL \"root\" \"\"))"),
        (", ,", "NIL"),
        ("\"unfinished", "((NIL NIL \"unfinished\" \"\"))"),
    ]

    @Test(arguments: addresses.indices)
    func `addresses of an envelope`(_ index: Int) {
        let (header, expected) = Self.addresses[index]
        let envelope = Self.text(Envelope(MessageText(Array("To: \(header)\r\n\r\n".utf8))).line)
        #expect(envelope == "(NIL NIL NIL NIL NIL \(expected) NIL NIL NIL NIL)")
    }

    private static let nested = Array(
        """
        Content-Type: multipart/mixed; boundary="b 1"

        preamble
        --b 1

        one
        --b 1
        Content-Type: message/rfc822

        Subject: inner
        Content-Type: multipart/alternative; boundary=i

        --i
        Content-Type: text/html

        <b>
        --i--
        --b 1
        Content-Type: application/pdf; name="a;b"
        Content-Disposition: attachment; filename="a;b"

        x
        --b 1--
        epilogue
        """.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    )

    static let sections: [(String, String?)] = [
        ("1", "one"),
        ("2.HEADER.FIELDS (SUBJECT)", "Subject: inner\r\n\r\n"),
        ("2.1", "<b>"),
        ("2.1.MIME", "Content-Type: text/html\r\n\r\n"),
        ("2.TEXT", "--i\r\nContent-Type: text/html\r\n\r\n<b>\r\n--i--"),
        ("3", "x"),
        ("1.HEADER", nil),
        ("1.1", nil),
        ("4", nil),
    ]

    @Test(arguments: sections.indices)
    func `sections of nested parts`(_ index: Int) throws {
        let (section, expected) = Self.sections[index]
        let octets = try Section(parsing: Array(section.utf8)).octets(of: Self.nested)
        #expect(octets.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test func `the structure of nested parts`() {
        let inner = "(\"text\" \"html\" NIL NIL NIL \"7bit\" 3 1)"
        let message =
            "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 109 (NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) (\(inner) \"alternative\") 8)"
        let expected =
            "((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3 1)\(message)(\"application\" \"pdf\" (\"name\" \"a;b\") NIL NIL \"7bit\" 1) \"mixed\")"
        #expect(Self.text(BodyStructure(isExtended: false).line(MIMEPart(Self.nested))) == expected)
    }

    @Test func `folded fields are unfolded and found in any case`() {
        let text = MessageText(Array("SUBJECT: a\r\n\tb \r\nX:y\r\n\r\nbody: no\r\n".utf8))
        #expect(text.first("Subject").map { String(decoding: $0, as: UTF8.self) } == "a\tb")
        #expect(text.values("body").isEmpty)
        #expect(text.headerFields(["subject"], inverted: false) == Array("SUBJECT: a\r\n\tb \r\n\r\n".utf8))
    }

    static let dates: [(Int64, String)] = [
        (0, " 1-Jan-1970 00:00:00 +0000"),
        (951_782_399, "28-Feb-2000 23:59:59 +0000"),
        (951_782_400, "29-Feb-2000 00:00:00 +0000"),
        (4_107_542_400, " 1-Mar-2100 00:00:00 +0000"),
        (-1, "31-Dec-1969 23:59:59 +0000"),
    ]

    @Test(arguments: dates.indices)
    func `times become dates`(_ index: Int) {
        let (seconds, text) = Self.dates[index]
        let date = DateTime(Timestamp(seconds: seconds))
        #expect(date.text == text)
        #expect(DateTime(parsing: Array(text.utf8)) == date)
        #expect(date.dayNumber == Int((Double(seconds) / 86400).rounded(.down)))
    }

    @Test(arguments: ["Mon, 07 Oct 2019 23:44:00 -0700", "7 Oct 2019 01:02:03 GMT", "Mon,7 Oct 19 00:00 +0000"])
    func `days of Date fields`(_ text: String) {
        #expect(DateTime.dayNumber(ofHeader: Array(text.utf8)) == DateTime.dayNumber(ofDate: Array("7-Oct-2019".utf8)))
    }

    @Test func `sequence sets`() {
        #expect(SequenceSet(parsing: Array("1,3:5,*:7".utf8))?.resolved(largest: 9) == [1...1, 3...5, 7...9])
        for bad in ["", "0", "1,", "1:", ":2", "1:2:3", "a", "4294967296", "-1"] {
            #expect(SequenceSet(parsing: Array(bad.utf8)) == nil, "\(bad)")
        }
        #expect(SequenceSet.text([1, 2, 3, 5, 7, 8]) == "1:3,5,7:8")
    }

    static let patterns: [(String, String, Bool)] = [
        ("*", "a.b", true), ("%", "a.b", false), ("a.%", "a.b", true), ("a%b", "a.b", false), ("a*b", "a.b", true),
        ("", "a", false), ("%.%", "a.b", true), ("inbox", "INBOX", true), ("Inbox.*", "INBOX.x", true),
        ("i*", "INBOX", false), ("A", "a", false), ("*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false),
    ]

    @Test(arguments: patterns.indices)
    func `mailbox patterns`(_ index: Int) {
        let (pattern, name, matches) = Self.patterns[index]
        let matcher = MailboxPattern(reference: [], pattern: Array(pattern.utf8), separator: UInt8(ascii: "."))
        #expect(matcher.matches(name) == matches)
    }
}
