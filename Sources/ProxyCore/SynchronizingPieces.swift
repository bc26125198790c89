import IMAPWire
import Traffic

/// A command cut behind each announcement of a synchronizing literal: what follows may be sent only when the server has
/// asked for it (RFC 9051 section 4.3).
enum SynchronizingPieces {
    static func of(_ command: [UInt8]) -> [[UInt8]] {
        var framer = Framer(direction: .client)
        var pieces: [[UInt8]] = []
        var cursor = 0
        var start = 0
        while let frame = framer.next(in: command.span.bytes, cursor: &cursor) {
            guard case .literalAwaited = frame else { continue }
            pieces.append(Array(command[start..<cursor]))
            start = cursor
            framer.acceptLiteral()
        }
        pieces.append(Array(command[start...]))
        return pieces
    }

    /// Whether `octets` are exactly one message of `direction`.
    static func isOneMessage(_ octets: [UInt8], _ direction: Direction, isLine: Bool) -> Bool {
        var framer = Framer(direction: direction)
        if isLine { framer.language = .lines }
        var cursor = 0
        var messages = 0
        while let frame = framer.next(in: octets.span.bytes, cursor: &cursor) {
            switch frame {
            case .literalAwaited: framer.acceptLiteral()
            case .message: messages += 1
            case .literalOctets, .opaque: break
            }
        }
        return messages == 1 && !framer.isInsideMessage && cursor == octets.count
    }
}
