import IMAPProtocol
import Testing

/// What signs a URL, names a device or was masked is in no note.
struct SecretNoteTests {
    static let token = "91354a473744909de610943775f92038"

    static let commands: [String] = [
        "1 URLFETCH \"imap://joe@h/INBOX/;uid=20;urlauth=anonymous:internal:\(token)\"",
        "1 URLFETCH \"imap://joe@h/INBOX;urlauth=\(":" + token)\"",
        "1 URLFETCH (\"/INBOX/;uid=20;urlauth=user+ann:internal:\(token);x=1\" BINARY)",
        "1 GENURLAUTH \"imap://h/INBOX/;uid=20;urlauth=anonymous:internal:\(token)\" INTERNAL",
        "1 APPEND a CATENATE (URL \"/INBOX/;uid=20;urlauth=anonymous:internal:\(token)\")",
        "1 XAPPLEPUSHSERVICE aps-device-token \(token) aps-account-id \(token) mailboxes (INBOX)",
        "1 LOGIN joe \(token)",
        "1 LOGIN joe \"\(token)\"",
        "1 AUTHENTICATE PLAIN \(token)",
    ]

    @Test(arguments: commands)
    func `a command's secret stays unsaid though it was not masked`(_ line: String) throws {
        let note = try #require(Notes.command(line))
        #expect(!note.contains(Self.token))
    }

    static let responses: [String] = [
        "* GENURLAUTH \"imap://joe@h/INBOX/;uid=20;urlauth=anonymous:internal:\(token)\"",
        "* URLFETCH \"imap://joe@h/INBOX/;uid=20;urlauth=anonymous:internal:\(token)\" {3}\r\nabc",
        "1 NO [BADURL \"/INBOX/;uid=20;urlauth=anonymous:internal:\(token)\"] no",
        "1 NO [REFERRAL imap://joe@h/INBOX;urlauth=anonymous:internal:\(token)] no",
        "* NO [URLMECH INTERNAL XSAMPLE=\(token)] x",
        "* NO [WEBALERT https://h/x?token=\(token)] x",
        "* JMAPACCESS \"https://h/jmap?access_token=\(token)\"",
    ]

    @Test(arguments: responses)
    func `a response's secret stays unsaid though it was not masked`(_ line: String) throws {
        let note = try #require(Notes.response(line))
        #expect(!note.contains(Self.token))
    }

    @Test
    func `masked ranges of a response are called masked`() {
        var annotator = Annotator()
        let octets = Array("* 1 FETCH (PREVIEW \"********\" X-FOO ****)\r\n".utf8)
        let note = annotator.response(
            octets.span.bytes,
            masked: [20..<28, 36..<40],
            answering: nil,
            isUID: false,
            isGreeting: false
        )
        #expect(note == "message 1: preview (masked); unknown FETCH item X-FOO (masked)")
    }

    @Test
    func `a command that is masked whole is not told`() {
        let line = "********************"
        #expect(Notes.command("1 \(line)", masked: [0..<22])?.contains("*") == false)
    }

    @Test
    func `the mask of one message is not that of the next`() {
        var annotator = Annotator()
        let masked = Array("1 LOGIN joe ****\r\n".utf8)
        let plain = Array("1 SELECT abcdefgh\r\n".utf8)
        #expect(annotator.command(masked.span.bytes, masked: [12..<16])?.hasSuffix("password masked") == true)
        #expect(annotator.command(plain.span.bytes, masked: []) == "opens “abcdefgh”")
    }
}
