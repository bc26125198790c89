import IMAPWire
import Traffic

/// How a stream is cut into chunks must not change what framing finds, and messages must tile the stream.
public enum FramerFuzz {
    private struct Found: Equatable {
        var offset: UInt64
        var length: UInt64
        var text: [UInt8]
        var literals: [LiteralRecord]
        var quirks: WireQuirks
        var complete: Bool
    }

    /// The first octet chooses direction and limits, the second how the rest is cut.
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        guard input.count > 2 else { return }
        let direction: Direction = input[0] & 1 == 0 ? .client : .server
        let limits =
            input[0] & 2 == 0
            ? WireLimits.standard : WireLimits(messageText: 64, literalPrefix: 8, literalsPerMessage: 2)
        let stream = Array(input[2...])
        let whole = self.frame([stream], direction, limits)
        let cut = self.frame(self.chunks(stream, seed: input[1]), direction, limits)
        precondition(whole == cut, "the cutting of the stream changed the messages")
        var next: UInt64 = 0
        for message in whole {
            precondition(message.offset == next, "messages do not tile the stream")
            precondition(message.text.count <= limits.messageText, "more text is kept than the limit allows")
            next = message.offset + message.length
        }
        precondition(next == UInt64(stream.count), "octets were lost")
    }

    private static func chunks(_ stream: [UInt8], seed: UInt8) -> [[UInt8]] {
        var state = UInt32(seed) &* 2_654_435_761 | 1
        var chunks: [[UInt8]] = []
        var start = 0
        while start < stream.count {
            state = state &* 1_664_525 &+ 1_013_904_223
            let length = min(Int(state >> 24) % 9 + 1, stream.count - start)
            chunks.append(Array(stream[start..<(start + length)]))
            start += length
        }
        return chunks
    }

    private static func frame(_ chunks: [[UInt8]], _ direction: Direction, _ limits: WireLimits) -> [Found] {
        var framer = Framer(direction: direction, limits: limits)
        var found: [Found] = []
        func note(_ message: MessageFrame, _ text: [UInt8]) {
            found.append(
                Found(
                    offset: message.offset,
                    length: message.length,
                    text: text,
                    literals: message.literals,
                    quirks: message.quirks,
                    complete: message.complete
                )
            )
        }
        for chunk in chunks {
            var cursor = 0
            let bytes = chunk.span.bytes
            while let frame = framer.next(in: bytes, cursor: &cursor) {
                switch frame {
                case .message(let message):
                    note(message, framer.withText(of: message, in: bytes) { $0.withUnsafeBytes { Array($0) } })
                case .literalAwaited: framer.acceptLiteral()
                case .literalOctets, .opaque: break
                }
            }
        }
        if let last = framer.finish() { note(last, framer.assembledText) }
        return found
    }
}
