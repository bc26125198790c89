import IMAPWire
import Testing
import Traffic

/// Streams that fuzzers found.
@Suite("Streams that fuzzers found")
struct FramerFuzzRegressionTests {
    @Test("a literal beyond the limit of the text is listed at the same place however the stream was cut")
    func literalBeyondTheLimit() {
        let limits = WireLimits(messageText: 64, literalPrefix: 8, literalsPerMessage: 2)
        let line =
            "* 1 FETCH (X \"" + String(repeating: "x", count: 80)
            + "\" BODY[] {3}\r\nabc Y {2}\r\nde)\r\n* 2 EXISTS\r\n"
        let stream = Array(line.utf8)
        let literals = { (chunks: [[UInt8]]) -> [LiteralRecord] in
            var framer = Framer(direction: .server, limits: limits)
            var found: [LiteralRecord] = []
            for chunk in chunks {
                var cursor = 0
                while let frame = framer.next(in: chunk.span.bytes, cursor: &cursor) {
                    if case .message(let message) = frame { found += message.literals }
                }
            }
            return found
        }
        let whole = literals([stream])
        #expect(whole.count == 2)
        for chunks in everyChunking(stream) { #expect(literals(chunks) == whole) }
    }

    @Test(
        "an announcement of any length is read the same in a line that is kept and in one that is not",
        arguments: ["3", "000", "\(String(repeating: "0", count: 200))3", String(repeating: "7", count: 200)]
    )
    func longAnnouncement(digits: String) {
        let limits = WireLimits(messageText: 64, literalPrefix: 8, literalsPerMessage: 2)
        let line = "a X " + String(repeating: "x", count: 80) + " {\(digits)+}\r\nabc\r\nb NOOP\r\n"
        let stream = Array(line.utf8)
        let whole = frame([stream], .client, limits: limits)
        for chunks in everyChunking(stream) { #expect(frame(chunks, .client, limits: limits) == whole) }
    }
}
