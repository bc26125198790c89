import IMAPWire
import Testing
import Traffic

struct FramingCase: Sendable, CustomTestStringConvertible {
    var name: String
    var direction: Direction
    var stream: String
    var texts: [String]
    var literals: [[UInt64]] = []
    var quirks: [WireQuirks] = []
    var lastIsComplete = true
    var language: Framer.Language?

    var testDescription: String { self.name }
}

private let cases: [FramingCase] = [
    FramingCase(
        name: "plain lines",
        direction: .server,
        stream: "* OK hi\r\n* 3 EXISTS\r\na OK done\r\n",
        texts: ["* OK hi\r\n", "* 3 EXISTS\r\n", "a OK done\r\n"]
    ),
    FramingCase(
        name: "a server literal in the middle",
        direction: .server,
        stream: "* 1 FETCH (BODY[] {5}\r\nab\r\nc UID 7)\r\na OK\r\n",
        texts: ["* 1 FETCH (BODY[] {5}\r\nab\r\nc UID 7)\r\n", "a OK\r\n"],
        literals: [[5], []]
    ),
    FramingCase(
        name: "several literals, one of them empty",
        direction: .client,
        stream: "a LOGIN {3}\r\njoe {0+}\r\n \"x\"\r\nb NOOP\r\n",
        texts: ["a LOGIN {3}\r\njoe {0+}\r\n \"x\"\r\n", "b NOOP\r\n"],
        literals: [[3, 0], []]
    ),
    FramingCase(
        name: "literal8",
        direction: .client,
        stream: "a APPEND x ~{4+}\r\n\0\r\n\0\r\n",
        texts: ["a APPEND x ~{4+}\r\n\0\r\n\0\r\n"],
        literals: [[4]]
    ),
    FramingCase(
        name: "status text holds no literal",
        direction: .server,
        stream: "* OK see {5}\r\na NO \"quote {12}\r\n+ go {3}\r\n* BYE {1}\r\n",
        texts: ["* OK see {5}\r\n", "a NO \"quote {12}\r\n", "+ go {3}\r\n", "* BYE {1}\r\n"]
    ),
    FramingCase(
        name: "a forged completion inside a literal",
        direction: .server,
        stream: "* 1 FETCH (BODY[] {12}\r\na OK forged\r)\r\n",
        texts: ["* 1 FETCH (BODY[] {12}\r\na OK forged\r)\r\n"],
        literals: [[12]]
    ),
    FramingCase(
        name: "an announcement inside quotes",
        direction: .client,
        stream: "a LOGIN \"x {5}\r\nb NOOP\r\n",
        texts: ["a LOGIN \"x {5}\r\n", "b NOOP\r\n"],
        quirks: [.literalInQuotedString, []]
    ),
    FramingCase(
        name: "escaped quotes before an announcement",
        direction: .client,
        stream: "a LOGIN \"x\\\"\" {2}\r\nab\r\n",
        texts: ["a LOGIN \"x\\\"\" {2}\r\nab\r\n"],
        literals: [[2]]
    ),
    FramingCase(
        name: "bare LF",
        direction: .client,
        stream: "a NOOP\nb LOGIN {2}\nab c\n",
        texts: ["a NOOP\n", "b LOGIN {2}\nab c\n"],
        literals: [[], [2]],
        quirks: [.bareLF, .bareLF]
    ),
    FramingCase(
        name: "a size beyond 63 bits is refused, not wrapped",
        direction: .client,
        stream: "a APPEND x {99999999999999999999}\r\nb NOOP\r\n",
        texts: ["a APPEND x {99999999999999999999}\r\n", "b NOOP\r\n"],
        quirks: [.literalSizeOverflow, []]
    ),
    FramingCase(
        name: "2^63 is refused, 2^63 - 1 announces",
        direction: .server,
        stream: "* X {9223372036854775808}\r\n* X {9223372036854775807}\r\nabc",
        texts: ["* X {9223372036854775808}\r\n", "* X {9223372036854775807}\r\nabc"],
        literals: [[], [9_223_372_036_854_775_807]],
        quirks: [.literalSizeOverflow, []],
        lastIsComplete: false
    ),
    FramingCase(
        name: "what only looks like an announcement",
        direction: .client,
        stream: "a X {-1}\r\nb X {}\r\nc X {n}\r\nd X {5}x\r\ne X 5}\r\nf X {5 }\r\n",
        texts: ["a X {-1}\r\n", "b X {}\r\n", "c X {n}\r\n", "d X {5}x\r\n", "e X 5}\r\n", "f X {5 }\r\n"]
    ),
    FramingCase(
        name: "zero-padded size",
        direction: .server,
        stream: "* X {002}\r\nab\r\n",
        texts: ["* X {002}\r\nab\r\n"],
        literals: [[2]],
        quirks: [.zeroPaddedLiteral]
    ),
    FramingCase(
        name: "a server that sends {n+}",
        direction: .server,
        stream: "* X {2+}\r\nab\r\n",
        texts: ["* X {2+}\r\nab\r\n"],
        literals: [[2]],
        quirks: [.nonSynchronizingFromServer]
    ),
    FramingCase(
        name: "lines of AUTHENTICATE hold no literal",
        direction: .client,
        stream: "{5}\r\nabc\r\n",
        texts: ["{5}\r\n", "abc\r\n"],
        language: .lines
    ),
    FramingCase(
        name: "empty lines and NUL padding",
        direction: .server,
        stream: "\r\n\0\0* OK\r\n\n",
        texts: ["\r\n", "\0\0* OK\r\n", "\n"],
        quirks: [[], [], .bareLF]
    ),
    FramingCase(
        name: "a stream that ends in a line",
        direction: .server,
        stream: "* OK\r\n* 3 EX",
        texts: ["* OK\r\n", "* 3 EX"],
        lastIsComplete: false
    ),
    FramingCase(
        name: "a stream that ends in a literal",
        direction: .server,
        stream: "* 1 FETCH (BODY[] {9}\r\nabc",
        texts: ["* 1 FETCH (BODY[] {9}\r\nabc"],
        literals: [[9]],
        lastIsComplete: false
    ),
    FramingCase(
        name: "numbers only: no literal after SEARCH",
        direction: .server,
        stream: "* SEARCH 1 {2}\r\nab\r\n",
        texts: ["* SEARCH 1 {2}\r\n", "ab\r\n"]
    ),
]

@Suite("Framer")
struct FramerTests {
    @Test("chunking never changes what is found", arguments: cases)
    func chunking(_ fixture: FramingCase) {
        let stream = Array(fixture.stream.utf8)
        for chunks in everyChunking(stream) {
            let found = frame(chunks, fixture.direction, language: fixture.language)
            #expect(found.map(\.text) == fixture.texts)
            if !fixture.literals.isEmpty { #expect(found.map(\.literals) == fixture.literals) }
            if !fixture.quirks.isEmpty { #expect(found.map(\.quirks) == fixture.quirks) }
            #expect(
                found.map(\.complete)
                    == fixture.texts.indices.map { $0 < fixture.texts.count - 1 || fixture.lastIsComplete }
            )
            var end: UInt64 = 0
            for message in found {
                #expect(message.offset == end, "messages tile the stream")
                end += message.length
            }
            #expect(end == UInt64(stream.count))
        }
    }

    @Test("text beyond the limits is cut the same way however it arrives")
    func limits() {
        let limits = WireLimits(messageText: 24, literalPrefix: 4, literalsPerMessage: 2)
        let streams = [
            "* 1 FETCH (BODY[] {10}\r\n0123456789 BODY[1] {3}\r\nabc BODY[2] {6}\r\nabcdef)\r\na OK\r\n",
            "a X \"a long quoted string {3}\" and an open \" {3}\r\nb X {3}\r\nabc\r\n",
            "a X 0123456789012345678901234567890123456789 {5}\r\nabcde tail {1+}\r\nx\r\nb NOOP\r\n",
        ]
        for (index, stream) in streams.enumerated() {
            let direction: Direction = index == 0 ? .server : .client
            let octets = Array(stream.utf8)
            let whole = frame([octets], direction, limits: limits)
            #expect(whole.contains { $0.truncated })
            #expect(whole.allSatisfy { $0.text.utf8.count <= 24 })
            for chunks in everyChunking(octets) {
                #expect(frame(chunks, direction, limits: limits) == whole)
            }
        }
    }

    @Test("a refused literal ends the command at its line")
    func refusedLiteral() {
        var framer = Framer(direction: .client)
        let chunk = Array("a APPEND x {5}\r\nb NOOP\r\n".utf8)
        var cursor = 0
        let bytes = chunk.span.bytes
        guard case .literalAwaited(let literal) = framer.next(in: bytes, cursor: &cursor) else {
            Issue.record("the literal is awaited")
            return
        }
        #expect(literal.size == 5)
        #expect(framer.next(in: bytes, cursor: &cursor) == nil, "nothing is read until the server has answered")
        let refused = framer.refuseLiteral()
        #expect(refused?.literalRefused == true)
        #expect(refused?.length == 16)
        guard case .message(let next) = framer.next(in: bytes, cursor: &cursor) else {
            Issue.record("the next command follows")
            return
        }
        #expect(next.offset == 16)
    }

    @Test("octets of long literals are reported as they pass, and only once")
    func literalOctets() {
        let content = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }
        let stream = Array("* 1 FETCH (BODY[] {10000}\r\n".utf8) + content + Array(")\r\n".utf8)
        for size in [1, 7, 4096, 20_000] {
            var framer = Framer(direction: .server)
            framer.reportsLiteralOctets = true
            var seen: [UInt8] = []
            var start = 0
            while start < stream.count {
                let chunk = Array(stream[start..<min(start + size, stream.count)])
                start += size
                var cursor = 0
                while let frame = framer.next(in: chunk.span.bytes, cursor: &cursor) {
                    if case .literalOctets(let range, let remaining) = frame {
                        seen += chunk[range]
                        #expect(UInt64(seen.count) + remaining == 10_000)
                    }
                }
            }
            #expect(seen == content)
        }
    }

    @Test("random streams tile whatever the chunks")
    func randomStreams() {
        var random = SystemRandomNumberGenerator()
        let alphabet: [UInt8] = Array("aA1 {}+~\"\\\r\n()*[]<>\0\u{7F}".utf8) + [0x80, 0xFF]
        for _ in 0..<300 {
            let length = Int.random(in: 1...120, using: &random)
            let stream = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            for direction in Direction.allCases {
                let whole = frame([stream], direction)
                #expect(frame(stream.map { [$0] }, direction) == whole)
                #expect(whole.reduce(0) { $0 + $1.length } == UInt64(stream.count))
            }
        }
    }
}

extension Frame? {
    static func == (left: Frame?, right: Frame?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        default: false
        }
    }
}
