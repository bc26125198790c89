import IMAPProtocol
import IMAPSession
import IMAPWire
import Testing
import Traffic

/// What a parser said of one message, in words that compare.
private struct Parsed: Equatable, CustomStringConvertible {
    var kind: Message.Kind
    var offset: UInt64
    var length: UInt64
    var tag: String
    var name: String
    var complete: Bool
    var findings: [String]
    var secrets: [String]

    var description: String { "\(self.kind) \(self.offset)+\(self.length) \(self.tag) \(self.name) \(self.findings)" }
}

private final class Recorder: SessionObserver {
    var messages: [Parsed] = []

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.messages.append(
            Parsed(
                kind: message.kind,
                offset: message.offset,
                length: message.length,
                tag: text.latin1(message.tag),
                name: text.uppercased(message.name),
                complete: message.complete,
                findings: message.findings.map(\.id),
                secrets: message.secrets.map { text.latin1($0.range) }
            )
        )
    }

    func announced(_ message: Message, text: RawSpan) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan) {}
    func event(_ event: SessionEvent) {}
}

private func parse(_ stream: String, _ direction: Direction, chunks: [Int]) -> [Parsed] {
    let octets = Array(stream.utf8)
    let recorder = Recorder()
    var parser = StreamParser(direction: direction)
    var start = 0
    for end in chunks + [octets.count] where end > start {
        let chunk = octets[start..<end]
        parser.feed(chunk.span.bytes, to: recorder)
        start = end
    }
    parser.finish(to: recorder)
    return recorder.messages
}

@Suite struct StreamParserTests {
    @Test(arguments: [
        ("a APPEND x {3}\r\nabc\r\nb NOOP\r\n", [["append-literal-count"], []]),
        ("a APPEND x {5}\r\nabc\r\n\r\nb NOOP\r\n", [[], []]),
        ("a LOGIN {3}\r\njoes x\r\nb NOOP\r\n", [["literal-leftover"], []]),
        ("a APPEND x {9}\r\nabc\r\nb NOOP\r\nc NOOP\r\n", [["literal-too-long"], []]),
    ])
    func `a slip with the count of a literal is found without the server`(stream: String, findings: [[String]]) {
        #expect(parse(stream, .client, chunks: []).map(\.findings) == findings)
    }

    private static let client =
        "\u{0} a1 capability\r\n" + "a2 AUTHENTICATE LOGIN\r\n" + "am9l\r\n" + "\r\n" + "a3 AUTHENTICATE PLAIN\r\n"
        + "dGVzdA== \n" + "a4 LOGIN {3}\r\njoe {6+}\r\nse\r\net\r\n" + "a5 AUTHENTICATE PLAIN AGpvZQBzZWNyZXQ=\r\n"
        + "*\r\n" + "a6 SELECT INBOX\r\n" + "a7 IDLE\r\n" + " done \r\n" + "a8 IDLE\r\n" + "a9 XFOO {1}\r\n{\r\n"
        + "\r\n"
        + "b1 APPEND x {5}\r\n\u{0}\r\n}\n\r\n" + "b2\r\n" + "b3 UID FETCH 1 {2"

    private static let clientKinds: [Message.Kind] = [
        .command, .command, .sasl, .sasl, .command, .sasl, .command, .command, .cancel, .command, .command, .done,
        .command, .command, .unparsed, .command, .unparsed, .command,
    ]

    private static let server =
        "* OK [CAPABILITY IMAP4rev1] ready {5}\r\n" + "* CAPABILITY IMAP4rev1\n" + "a1 OK done\r\n" + "+\r\n"
        + "+ go ahead {3}\r\n" + "* 1 FETCH (BODY[] {12}\r\na1 OK faked\n FLAGS ())\r\n" + "\r\n"
        + "* OK still here\r\n"
        + "Server Unavailable. 15\r\n" + "* 2 FETCH (BODY[] {100}\r\nshort"

    private static let serverKinds: [Message.Kind] = [
        .greeting, .untagged, .tagged, .continuation, .continuation, .untagged, .unparsed, .untagged, .unparsed,
        .untagged,
    ]

    @Test func `a client stream is cut into messages of their kinds`() {
        #expect(parse(Self.client, .client, chunks: []).map(\.kind) == Self.clientKinds)
    }

    @Test func `a server stream is cut into messages of their kinds`() {
        #expect(parse(Self.server, .server, chunks: []).map(\.kind) == Self.serverKinds)
    }

    @Test(arguments: [(client, Direction.client), (server, Direction.server)])
    func `messages tile the stream`(stream: String, direction: Direction) {
        var end: UInt64 = 0
        for message in parse(stream, direction, chunks: []) {
            #expect(message.offset == end)
            #expect(message.length > 0)
            end = message.offset + message.length
        }
        #expect(end == UInt64(stream.utf8.count))
    }

    @Test(arguments: [(client, Direction.client), (server, Direction.server)])
    func `how the stream is cut into chunks changes nothing`(stream: String, direction: Direction) {
        let whole = parse(stream, direction, chunks: [])
        let count = stream.utf8.count
        #expect(parse(stream, direction, chunks: Array(1..<count)) == whole)
        for split in 1..<count {
            let parts = parse(stream, direction, chunks: [split])
            #expect(parts == whole, "split at \(split)")
        }
    }

    @Test func `names, tags and findings are those of the messages`() {
        let messages = parse(Self.client, .client, chunks: [])
        #expect(messages[0].tag == "a1")
        #expect(messages[0].name == "CAPABILITY")
        #expect(
            messages[0].findings == ["leading-padding"] || messages[0].findings == ["nul-octet", "leading-padding"]
        )
        #expect(messages[5].findings.contains("bare-lf"))
        #expect(messages[13].name == "XFOO")
        #expect(messages[13].findings.contains("unknown-command"))
        #expect(messages[14].findings == ["empty-line"])
        #expect(messages[17].name == "UID FETCH")
        #expect(messages.map(\.complete) == Array(repeating: true, count: 17) + [false])
    }

    @Test func `passwords and SASL lines are secrets`() {
        let messages = parse(Self.client, .client, chunks: [])
        #expect(messages[2].secrets == ["am9l"])
        #expect(messages[5].secrets == ["dGVzdA=="])
        #expect(messages[6].secrets.first?.hasPrefix("se\r\net") == true)
        #expect(messages[7].secrets == ["AGpvZQBzZWNyZXQ="])
        #expect(messages[8].secrets == [])
    }

    @Test func `a greeting is only the first line of a server`() {
        #expect(
            parse("\r\n* BYE no\r\n* OK x\r\n", .server, chunks: []).map(\.kind) == [.unparsed, .greeting, .untagged]
        )
        #expect(parse("* 1 EXISTS\r\n* OK x\r\n", .server, chunks: []).map(\.kind) == [.untagged, .untagged])
        #expect(parse("* PREAUTH x\r\n", .server, chunks: []).map(\.kind) == [.greeting])
    }

    @Test func `what ends early says so`() {
        let messages = parse(Self.server, .server, chunks: [])
        #expect(messages.last?.complete == false)
        #expect(messages.last?.findings == ["literal-cut"])
        #expect(parse("a1 NOOP", .client, chunks: []).map(\.findings) == [["message-cut"]])
    }

    @Test func `octets of literals are no quirks of the line`() {
        let messages = parse("a APPEND x {4+}\r\n\u{0}\r\u{1}\n\r\n", .client, chunks: [])
        #expect(messages.map(\.findings) == [[]])
        #expect(parse("a N\rOOP\u{1}\u{E9}\r\n", .client, chunks: [])[0].findings.contains("bare-cr"))
    }
}
