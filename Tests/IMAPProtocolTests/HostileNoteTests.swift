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
            + ExtensionCommandNoteTests.vendors + ExtensionResponseNoteTests.fetched
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

    @Test(
        arguments: [
            "1 SEARCH " + String(repeating: "NOT ", count: 100_000) + "SEEN",
            "1 SEARCH " + String(repeating: "(", count: 100_000),
            "1 SEARCH " + String(repeating: "OR ", count: 100_000),
            "1 SEARCH " + String(repeating: "FUZZY ", count: 100_000),
            "1 SEARCH " + String(repeating: "SEEN ", count: 100_000),
            "1 FETCH 1 " + String(repeating: "(", count: 100_000),
            "1 FETCH 1 (" + String(repeating: "FLAGS ", count: 100_000),
            "1 FETCH " + String(repeating: "1,", count: 100_000) + "1 FLAGS",
            "1 STORE 1 +FLAGS (" + String(repeating: "\\Seen ", count: 100_000),
            "1 LIST \"\" (" + String(repeating: "a ", count: 100_000),
            "1 APPEND a " + String(repeating: "{1}\r\nx ", count: 100_000),
            "1 SELECT " + String(repeating: "&AOk-x", count: 100_000),
            "* SEARCH " + String(repeating: "1 3 ", count: 100_000),
            "* SEARCH 18446744073709551615 0 18446744073709551615",
            "* THREAD " + String(repeating: "(1 ", count: 100_000),
            "* THREAD " + String(repeating: ")", count: 100_000),
            "* 1 FETCH (BODYSTRUCTURE " + String(repeating: "(", count: 100_000),
            "* 1 FETCH (" + String(repeating: "FLAGS () ", count: 100_000),
            "* 18446744073709551615 FETCH (RFC822.SIZE 18446744073709551615)",
            "* OK [CAPABILITY " + String(repeating: "AUTH=PLAIN IDLE ", count: 100_000) + "]",
            "* OK [" + String(repeating: "[", count: 100_000),
            "* NAMESPACE " + String(repeating: "((", count: 100_000),
            "* 1 FETCH (BODY[HEADER] {4000}\r\nSubject: " + String(repeating: "=?UTF-8?Q?a?= ", count: 250),
            "* 1 FETCH (BODY[] {99999999999999999999}",
            "* 1 FETCH (BODYSTRUCTURE " + String(repeating: "((\"a\" \"b\")", count: 50_000),
            "* 1 FETCH (BODYSTRUCTURE " + String(repeating: "(\"a\" \"b\" NIL NIL NIL NIL 1)", count: 50_000),
            "* 1 FETCH (ENVELOPE (NIL NIL (" + String(repeating: "(NIL NIL \"a\" \"b\")", count: 50_000),
            "* 1 FETCH (ENVELOPE (NIL \"" + String(repeating: "=?UTF-8?B?////?= ", count: 50_000) + "\")",
            "* 1 FETCH (ANNOTATION (" + String(repeating: "/a (b c) ", count: 50_000),
            "* 1 FETCH (X-FOO " + String(repeating: "(1 ", count: 100_000),
            "1 COPY " + String(repeating: "1:4294967295,", count: 1_000_000) + "1 a",
            "* VANISHED " + String(repeating: "1,3:5,", count: 500_000) + "1",
            "* ESEARCH (TAG \"a\") ADDTO (" + String(repeating: "0 1:4 ", count: 100_000),
            "1 NOTIFY SET " + String(repeating: "(mailboxes (", count: 100_000),
            "1 NOTIFY SET (mailboxes (" + String(repeating: "a ", count: 100_000) + ") (MessageNew))",
            "1 ESEARCH IN (" + String(repeating: "subtree a ", count: 100_000),
            "1 GENURLAUTH " + String(repeating: "imap://h/a;UID=1 INTERNAL ", count: 50_000),
            "1 URLFETCH \"imap://h/" + String(repeating: "%", count: 100_000) + "\"",
            "1 URLFETCH \"imap://h/a" + String(repeating: ";", count: 2000) + "\"",
            "1 XFOO " + String(repeating: "(", count: 100_000),
            "1 ENABLE " + String(repeating: "X ", count: 100_000),
            "* CAPABILITY " + String(repeating: "XFOO ", count: 100_000),
            "* ID (" + String(repeating: "\"a\" \"b\" ", count: 100_000),
            "* GENURLAUTH " + String(repeating: "imap://h/a;UID=1;URLAUTH=a:b:c ", count: 50_000),
            "* LIST () \"/\" a (" + String(repeating: "X-FOO (1) ", count: 50_000),
            "* 1 FETCH (INTERNALDATE \"" + String(repeating: "9", count: 100_000) + "\")",
        ]
    )
    func `endless nesting and endless lists end in an ellipsis, soon`(_ line: String) {
        var annotator = Annotator()
        let clock = ContinuousClock()
        let elapsed = clock.measure { Self.check(Array((line + "\r\n").utf8), &annotator) }
        #expect(elapsed < .seconds(5), "\(line.prefix(40))")
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
