import IMAPProtocol
import IMAPWire
import Traffic

/// Whether octets are whole messages: asked of what rules would send.
enum Framing {
    /// The octets of each message; nil when they do not end where a message ends.
    static func messages(_ octets: RawSpan, _ direction: Direction) -> [Int]? {
        var framer = Framer(direction: direction, limits: WireLimits(messageText: 64, literalPrefix: 0))
        var cursor = 0
        var lengths: [Int] = []
        while let frame = framer.next(in: octets, cursor: &cursor) {
            switch frame {
            case .message(let message): lengths.append(Int(message.length))
            case .literalAwaited: framer.acceptLiteral()
            case .literalOctets, .opaque: break
            }
        }
        return framer.isInsideMessage || lengths.reduce(0, +) != octets.byteCount ? nil : lengths
    }

    /// What a client sends at once: it waits behind each announcement of a synchronizing literal (RFC 3501 section 4.3).
    static func pieces(_ octets: [UInt8]) -> [[UInt8]] {
        var framer = Framer(direction: .client, limits: WireLimits(messageText: 64, literalPrefix: 0))
        var (start, cursor) = (0, 0)
        var pieces: [[UInt8]] = []
        while let frame = framer.next(in: octets.span.bytes, cursor: &cursor) {
            guard case .literalAwaited = frame else { continue }
            pieces.append(Array(octets[start..<cursor]))
            start = cursor
            framer.acceptLiteral()
        }
        return pieces + [Array(octets[start...])]
    }

    /// Whether octets are the beginning of one message, up to and with the announcement of a literal.
    static func announcesLiteral(_ octets: RawSpan, _ direction: Direction) -> Bool {
        var framer = Framer(direction: direction, limits: WireLimits(messageText: 64, literalPrefix: 0))
        var cursor = 0
        while let frame = framer.next(in: octets, cursor: &cursor) {
            switch frame {
            case .message: return false
            case .literalAwaited:
                if cursor == octets.byteCount { return true }
                framer.acceptLiteral()
            case .literalOctets, .opaque: break
            }
        }
        return cursor == octets.byteCount && framer.literalRemaining != nil
    }

    /// Whether octets, given as lines for a client, are whole untagged responses or continuation requests.
    static func areUntagged(_ octets: [UInt8]) -> Bool {
        guard let lengths = Self.messages(octets.span.bytes, .server) else { return false }
        var start = 0
        for length in lengths {
            guard octets[start] == UInt8(ascii: "*") || octets[start] == UInt8(ascii: "+"), start + 1 < octets.count,
                octets[start + 1] == 0x20
            else { return false }
            start += length
        }
        return true
    }

    /// The first word of a message.
    static func firstWord(_ octets: RawSpan) -> [UInt8] {
        let start = CommandHead.skipPadding(octets)
        var word: [UInt8] = []
        while start + word.count < octets.byteCount, octets[start + word.count] > 0x20 {
            word.append(octets[start + word.count])
        }
        return word
    }
}
