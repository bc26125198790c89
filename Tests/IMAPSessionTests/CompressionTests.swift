import Deflate
import IMAPSession
import Testing
import Traffic

/// Two peers that compress, and the session that listens. `|` stands for CRLF.
private final class CompressedWire {
    let recorder = SessionRecorder()
    private var session: Session
    private var client: Deflater
    private var server: Deflater
    private var time = Timestamp.zero
    /// Octets in one chunk at most.
    private let chunk: Int

    init(chunk: Int = .max, options: SessionOptions = SessionOptions()) throws {
        let end = Endpoint(host: "127.0.0.1", port: 143)
        let description = SessionDescription(
            connection: ConnectionID(1),
            client: end,
            server: end,
            clientLeg: "cleartext",
            upstreamLeg: "cleartext",
            time: .zero
        )
        self.session = Session(description: description, options: options, observer: self.recorder)
        self.client = try Deflater()
        self.server = try Deflater()
        self.chunk = chunk
    }

    static func octets(_ text: String) -> [UInt8] { Array(text.replacing("|", with: "\r\n").utf8) }

    func deflated(_ text: String, _ direction: Direction, _ flush: Deflater.Flush = .sync) -> [UInt8] {
        self.deflated(Self.octets(text), direction, flush)
    }

    func deflated(_ octets: [UInt8], _ direction: Direction, _ flush: Deflater.Flush = .sync) -> [UInt8] {
        var output: [UInt8] = []
        let append: (RawSpan) -> Void = { piece in piece.withUnsafeBytes { output.append(contentsOf: $0) } }
        if direction == .client {
            self.client.deflate(octets.span.bytes, flush, to: append)
        } else {
            self.server.deflate(octets.span.bytes, flush, to: append)
        }
        return output
    }

    func receive(_ octets: [UInt8], _ direction: Direction) {
        self.time = self.time.advanced(byNanoseconds: 1_000_000)
        var start = 0
        while start < octets.count {
            let end = self.chunk >= octets.count - start ? octets.count : start + self.chunk
            self.session.receive(octets.span.bytes.extracting(start..<end), from: direction, at: self.time)
            start = end
        }
    }

    func c(_ text: String) { self.receive(Self.octets(text), .client) }
    func s(_ text: String) { self.receive(Self.octets(text), .server) }
    func dc(_ text: String, _ flush: Deflater.Flush = .sync) {
        self.receive(self.deflated(text, .client, flush), .client)
    }
    func ds(_ text: String, _ flush: Deflater.Flush = .sync) {
        self.receive(self.deflated(text, .server, flush), .server)
    }

    func compress() {
        self.s("* PREAUTH|")
        self.c("a COMPRESS DEFLATE|")
        self.s("a OK go|")
        self.recorder.lines = []
    }

    func gap(_ octets: UInt64, _ direction: Direction) {
        self.session.gap(octets, from: direction, at: self.time)
    }

    var isOpaque: Bool { self.session.isOpaque }

    func end() -> [String] {
        self.session.ended(at: self.time)
        return self.recorder.lines
    }
}

@Suite struct SessionCompression {
    @Test(arguments: [Int.max, 1, 2, 3, 7])
    func `compressed octets in the segment of the OK, and from then on`(chunk: Int) throws {
        let wire = try CompressedWire(chunk: chunk)
        wire.s("* PREAUTH|")
        wire.c("a COMPRESS DEFLATE|")
        wire.receive(CompressedWire.octets("a OK go|") + wire.deflated("* OK hello|", .server), .server)
        wire.dc("b SELECT INBOX|c NOOP|")
        wire.ds("b OK in|", .partial)
        wire.ds("c OK|", .full)
        #expect(
            wire.end() == [
                "S greeting * PREAUTH|", "state authenticated", "C command #1 a COMPRESS DEFLATE|",
                "S tagged #1 a OK go|", "switch DEFLATE 20 20", "S untagged * OK hello|",
                "C command #2 b SELECT INBOX|", "C command #3 c NOOP|", "S tagged #2 b OK in|", "state selected INBOX",
                "S tagged #3 c OK|",
            ]
        )
        let summary = try #require(wire.recorder.summary)
        #expect(summary.clientOctets == 20 + 16 + 8, "offsets count inflated octets")
        #expect(summary.serverOctets == 20 + 12 + 9 + 6)
        let totals = try #require(summary.compression)
        #expect(totals.client.inflated == 24 && totals.server.inflated == 27)
        #expect(totals.client.compressed > 10 && totals.server.compressed > 10)
    }

    @Test(arguments: [Int.max, 1])
    func `literals and their answers cross inside the compressed streams`(chunk: Int) throws {
        let wire = try CompressedWire(chunk: chunk)
        wire.compress()
        wire.dc("b APPEND x {5}|")
        wire.ds("+ go|")
        wire.dc("ab|c|")
        wire.ds("b OK|")
        wire.dc("d LOGOUT|")
        wire.ds("* BYE|d OK|", .finish)
        #expect(
            wire.end() == [
                "S continuation #2 + go|", "C command #2 b APPEND x {5}|ab|c|", "! append-literal-count",
                "S tagged #2 b OK|", "C command #3 d LOGOUT|", "S untagged #3 * BYE|", "state logout",
                "S tagged #3 d OK|",
            ]
        )
    }

    @Test(arguments: ["a NO [COMPRESSIONACTIVE] TLS does|", "a BAD what|"])
    func `a refused COMPRESS changes nothing`(answer: String) throws {
        let wire = try CompressedWire()
        wire.s("* PREAUTH|")
        wire.c("a COMPRESS DEFLATE|b NOOP|")
        wire.s(answer + "b OK|")
        let lines = wire.end()
        #expect(Array(lines.suffix(2)) == ["C command #2 b NOOP|", "S tagged #2 b OK|"])
        #expect(wire.recorder.summary?.compression == nil)
        #expect(wire.recorder.findings == [])
    }

    @Test func `what the client sends before the OK is inflated behind it`() throws {
        let wire = try CompressedWire()
        wire.s("* PREAUTH|")
        wire.receive(CompressedWire.octets("a COMPRESS DEFLATE|") + wire.deflated("b NOOP|", .client), .client)
        wire.s("a OK go|")
        wire.ds("b OK|")
        let lines = wire.end()
        #expect(wire.recorder.findings == ["octets-before-deflate"])
        #expect(Array(lines.suffix(2)) == ["C command #2 b NOOP|", "S tagged #2 b OK|"])
    }

    @Test func `a second COMPRESS is refused by the server, or read as one layer`() throws {
        let wire = try CompressedWire()
        wire.compress()
        wire.dc("b COMPRESS DEFLATE|")
        wire.ds("b NO [COMPRESSIONACTIVE] again|")
        wire.dc("c COMPRESS DEFLATE|")
        wire.ds("c OK|* OK again|")
        wire.dc("d NOOP|")
        #expect(wire.end().contains("C command #4 d NOOP|"))
        #expect(wire.recorder.findings == ["compressed-twice"])
    }

    @Test(arguments: Direction.allCases)
    func `garbage is a finding with its sender, and nothing is read from there on`(direction: Direction) throws {
        let wire = try CompressedWire()
        wire.compress()
        wire.receive(wire.deflated("x", direction) + [0xFF, 0xFF, 0xFF, 0x01], direction)
        wire.c("* whatever")
        // The message that the damage cut is told too.
        let cut = direction == .client ? "not-a-command" : "not-a-response"
        #expect(wire.recorder.findings == ["deflate-garbage", cut])
        #expect(wire.recorder.findingTexts[0].contains("after"))
        #expect(wire.isOpaque)
        #expect(wire.end().contains("opaque client 10"))
    }

    @Test func `a bomb is a finding, and its octets are not read`() throws {
        let limits = InflateLimits(ratio: 100, allowance: 1 << 20)
        let wire = try CompressedWire(options: SessionOptions(inflate: limits))
        wire.compress()
        wire.ds("* METADATA x (/a {200000000}|")
        wire.receive(wire.deflated([UInt8](repeating: 0x41, count: 4 << 20), .server), .server)
        #expect(wire.recorder.findings == ["deflate-bomb"])
        #expect(wire.isOpaque)
    }

    @Test func `octets behind the final block are told and not read`() throws {
        let wire = try CompressedWire()
        wire.compress()
        wire.ds("* OK hello|", .finish)
        #expect(wire.recorder.findings == [])
        wire.s("* 2 EXISTS|")
        #expect(wire.recorder.findings == ["octets-behind-deflate"])
        #expect(wire.isOpaque)
    }

    @Test(arguments: [Int.max, 1, 2, 5])
    func `UNAUTHENTICATE ends the compression at the very octet, and a second one begins anew`(chunk: Int) throws {
        let wire = try CompressedWire(chunk: chunk)
        wire.compress()
        // Pipelined: the login stands uncompressed behind the command (RFC 8437 section 3).
        wire.receive(
            wire.deflated("b UNAUTHENTICATE|", .client) + CompressedWire.octets("c LOGIN joe pw|"),
            .client
        )
        wire.receive(wire.deflated("b OK bye|", .server) + CompressedWire.octets("c OK in|"), .server)
        wire.c("d COMPRESS DEFLATE|")
        wire.s("d OK|")
        // New streams on both sides: nothing of the first ones is remembered.
        let again = try CompressedWire()
        wire.receive(again.deflated("e NOOP|", .client), .client)
        wire.receive(again.deflated("e OK|", .server), .server)
        #expect(
            wire.end().filter { !$0.hasPrefix("switch") } == [
                "C command #2 b UNAUTHENTICATE|", "S tagged #2 b OK bye|", "state not authenticated",
                "C command #3 c LOGIN joe **|", "S tagged #3 c OK in|", "login LOGIN command joe OK",
                "state authenticated", "C command #4 d COMPRESS DEFLATE|", "S tagged #4 d OK|", "C command #5 e NOOP|",
                "S tagged #5 e OK|",
            ]
        )
        #expect(wire.recorder.findings == [])
    }

    @Test func `a refused UNAUTHENTICATE leaves the compression as it is`() throws {
        let wire = try CompressedWire()
        wire.compress()
        wire.dc("b UNAUTHENTICATE|")
        wire.dc("c NOOP|")
        wire.ds("b BAD what|c OK|")
        #expect(Array(wire.end().suffix(2)) == ["C command #3 c NOOP|", "S tagged #3 c OK|"])
        #expect(wire.recorder.findings == [])
    }

    @Test func `endless switching ends in octets that are not read`() throws {
        let wire = try CompressedWire()
        wire.s("* PREAUTH|")
        for _ in 0..<40 where !wire.isOpaque {
            let peers = try CompressedWire()
            wire.c("a COMPRESS DEFLATE|")
            wire.s("a OK|")
            wire.receive(peers.deflated("b UNAUTHENTICATE|", .client), .client)
            wire.receive(peers.deflated("b OK|", .server), .server)
        }
        #expect(wire.isOpaque)
        #expect(wire.recorder.findings.contains("deflate-memory"))
    }

    @Test(arguments: [Int.max, 1]) func `a gap that cuts the OK leaves the switch at the end of what is there`(
        chunk: Int
    ) throws {
        let wire = try CompressedWire(chunk: chunk)
        wire.s("* PREAUTH|")
        wire.c("a COMPRESS DEFLATE|")
        wire.s("a OK go")
        wire.gap(2, .server)
        wire.ds("* OK one|* OK two|")
        wire.ds("* OK three|")
        let lines = wire.end()
        for word in ["one", "two", "three"] { #expect(lines.contains("S untagged * OK \(word)|"), "\(lines)") }
    }

    @Test(arguments: 0..<40) func `random octets never trap`(seed: Int) throws {
        var state = UInt64(seed) &* 31 &+ 5
        let wire = try CompressedWire()
        wire.compress()
        for _ in 0..<20 {
            let octets = (0..<50).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 33)
            }
            wire.receive(octets, state & 1 == 0 ? .client : .server)
        }
        _ = wire.end()
        #expect(wire.recorder.summary != nil)
    }
}
