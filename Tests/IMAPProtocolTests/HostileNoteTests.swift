import IMAPProtocol
import Testing

struct HostileNoteTests {
    static var lines: [String] {
        (CommandNoteTests.session + CommandNoteTests.mailboxes + CommandNoteTests.uploads + CommandNoteTests.access
            + MessageCommandNoteTests.searches + MessageCommandNoteTests.fetches + MessageCommandNoteTests.stores)
            .map(\.0)
            + ResponseNoteTests.data.map(\.0) + ResponseNoteTests.codes.map { "* OK \($0.0) x" }
            + ResponseNoteTests.tagged.map(\.0) + HostileNoteTests.extensions
    }

    private static var extensions: [String] {
        (ExtensionCommandNoteTests.session + ExtensionCommandNoteTests.notifications
            + ExtensionCommandNoteTests.mailboxes + ExtensionCommandNoteTests.urls
            + ExtensionCommandNoteTests.conversions + ExtensionCommandNoteTests.messages
            + ExtensionCommandNoteTests.vendors + ExtensionCommandNoteTests.cyrus
            + ExtensionCommandNoteTests.mimeParts + ExtensionResponseNoteTests.fetched
            + ExtensionResponseNoteTests.envelopes + ExtensionResponseNoteTests.structures)
            .map(\.0)
            + ExtensionResponseNoteTests.data.map(\.0) + ExtensionResponseNoteTests.codes.map { "1 NO \($0.0) x" }
    }

    /// A note is short and harmless whatever it is about.
    private static func check(_ octets: [UInt8], _ annotator: inout Annotator) {
        let text = octets.span.bytes
        var notes = [annotator.command(text, masked: [])]
        notes.append(annotator.response(text, answering: .search, isUID: true, isGreeting: false))
        notes.append(annotator.response(text, answering: .login, isUID: false, isGreeting: true))
        notes.append(annotator.continuation(text, waiting: .sasl))
        for note in notes {
            guard let note else { continue }
            #expect(!note.isEmpty)
            #expect(note.utf8.count <= 640)
            #expect(
                note.unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F).contains($0.value)
                }
            )
        }
    }

    @Test
    func `a line cut at any octet is no trap`() {
        var annotator = Annotator()
        for line in Self.lines {
            let octets = Array((line + "\r\n").utf8)
            for length in 0...octets.count { Self.check(Array(octets[..<length]), &annotator) }
        }
    }

    @Test
    func `a line with any octet replaced is no trap`() {
        var annotator = Annotator(literalPrefix: 16)
        let replacements: [UInt8] = [0x00, 0x0A, 0x1B, 0x22, 0x28, 0x29, 0x5B, 0x5D, 0x5C, 0x7B, 0x80, 0xFF]
        for line in Self.lines {
            let octets = Array((line + "\r\n").utf8)
            for index in octets.indices {
                for replacement in replacements {
                    var changed = octets
                    changed[index] = replacement
                    Self.check(changed, &annotator)
                }
            }
        }
    }

    /// A head, a piece, how often it stands behind the head, and a tail.
    static let endless: [(String, String, Int, String)] = [
        ("1 SEARCH ", "NOT ", 100_000, "SEEN"),
        ("1 SEARCH ", "(", 100_000, ""),
        ("1 SEARCH ", "OR ", 100_000, ""),
        ("1 SEARCH ", "FUZZY ", 100_000, ""),
        ("1 SEARCH ", "SEEN ", 100_000, ""),
        ("1 SEARCH MIMEPART ", "(", 100_000, ""),
        ("1 SEARCH MIMEPART ", "NOT OR ", 100_000, ""),
        ("1 XSNIPPETS (", "(INBOX 1 (1 2))", 50_000, ""),
        ("1 XCONVSORT (DATE) (", "POSITION (1 2) ", 50_000, ""),
        ("1 FETCH 1 ", "(", 100_000, ""),
        ("1 FETCH 1 (", "FLAGS ", 100_000, ""),
        ("1 FETCH ", "1,", 100_000, "1 FLAGS"),
        ("1 STORE 1 +FLAGS (", "\\Seen ", 100_000, ""),
        ("1 LIST \"\" (", "a ", 100_000, ""),
        ("1 APPEND a ", "{1}\r\nx ", 100_000, ""),
        ("1 SELECT ", "&AOk-x", 100_000, ""),
        ("* SEARCH ", "1 3 ", 100_000, ""),
        ("* THREAD ", "(1 ", 100_000, ""),
        ("* THREAD ", ")", 100_000, ""),
        ("* 1 FETCH (BODYSTRUCTURE ", "(", 100_000, ""),
        ("* 1 FETCH (", "FLAGS () ", 100_000, ""),
        ("* OK [CAPABILITY ", "AUTH=PLAIN IDLE ", 100_000, "]"),
        ("* OK [", "[", 100_000, ""),
        ("* NAMESPACE ", "((", 100_000, ""),
        ("* 1 FETCH (BODY[HEADER] {4000}\r\nSubject: ", "=?UTF-8?Q?a?= ", 250, ""),
        ("* 1 FETCH (BODYSTRUCTURE ", "((\"a\" \"b\")", 50_000, ""),
        ("* 1 FETCH (BODYSTRUCTURE ", "(\"a\" \"b\" NIL NIL NIL NIL 1)", 50_000, ""),
        ("* 1 FETCH (ENVELOPE (NIL NIL (", "(NIL NIL \"a\" \"b\")", 50_000, ""),
        ("* 1 FETCH (ENVELOPE (NIL \"", "=?UTF-8?B?////?= ", 50_000, "\")"),
        ("* 1 FETCH (ANNOTATION (", "/a (b c) ", 50_000, ""),
        ("* 1 FETCH (X-FOO ", "(1 ", 100_000, ""),
        ("1 COPY ", "1:4294967295,", 1_000_000, "1 a"),
        ("* VANISHED ", "1,3:5,", 500_000, "1"),
        ("* ESEARCH (TAG \"a\") ADDTO (", "0 1:4 ", 100_000, ""),
        ("1 NOTIFY SET ", "(mailboxes (", 100_000, ""),
        ("1 NOTIFY SET (mailboxes (", "a ", 100_000, ") (MessageNew))"),
        ("1 ESEARCH IN (", "subtree a ", 100_000, ""),
        ("1 GENURLAUTH ", "imap://h/a;UID=1 INTERNAL ", 50_000, ""),
        ("1 URLFETCH \"imap://h/", "%", 100_000, "\""),
        ("1 URLFETCH \"imap://h/a", ";", 2000, "\""),
        ("1 XFOO ", "(", 100_000, ""),
        ("1 ENABLE ", "X ", 100_000, ""),
        ("* CAPABILITY ", "XFOO ", 100_000, ""),
        ("* ID (", "\"a\" \"b\" ", 100_000, ""),
        ("* GENURLAUTH ", "imap://h/a;UID=1;URLAUTH=a:b:c ", 50_000, ""),
        ("* LIST () \"/\" a (", "X-FOO (1) ", 50_000, ""),
        ("* 1 FETCH (INTERNALDATE \"", "9", 100_000, "\")"),
        ("* SEARCH 18446744073709551615 0 18446744073709551615", "", 0, ""),
        ("* 18446744073709551615 FETCH (RFC822.SIZE 18446744073709551615)", "", 0, ""),
        ("* 1 FETCH (BODY[] {99999999999999999999}", "", 0, ""),
    ]

    @Test(arguments: endless.indices)
    func `endless nesting and endless lists end in an ellipsis, soon`(_ row: Int) {
        let (head, piece, count, tail) = Self.endless[row]
        let line = head + String(repeating: piece, count: count) + tail
        var annotator = Annotator()
        let clock = ContinuousClock()
        let elapsed = clock.measure { Self.check(Array((line + "\r\n").utf8), &annotator) }
        #expect(elapsed < .seconds(5), "\(line.prefix(40))")
    }

    @Test(arguments: endless.indices.filter { endless[$0].2 > 1000 })
    func `time grows no faster than the text`(_ row: Int) {
        let (head, piece, _, _) = Self.endless[row]
        var annotator = Annotator()
        let isResponse = head.hasPrefix("*")
        let growth = Growth.ofCost(head, piece) { text in
            if isResponse {
                _ = annotator.describe(response: text, masked: [], answering: .fetch, isUID: false, isGreeting: false)
            } else {
                _ = annotator.describe(command: text, masked: [])
            }
        }
        #expect(growth < Growth.linear)
    }

    @Test
    func `a search nested too deep is cut`() {
        let deep = Notes.command("1 SEARCH " + String(repeating: "NOT ", count: 60) + "SEEN")
        #expect(deep?.hasSuffix("…") == true)
        #expect(
            Notes.command("1 SEARCH " + String(repeating: "NOT ", count: 48) + "SEEN")
                == "searches for messages that are read"
        )
    }
}
