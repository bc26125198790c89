import IMAPProtocol
import IMAPSession
import IMAPWire
import SASL
import Traffic

/// Both directions of a session, interleaved as the input says: every octet is counted once, messages and unread octets
/// tile each stream, and no more is held than the limit allows.
public enum SessionFuzz {
    private static let options = SessionOptions(
        limits: WireLimits(messageText: 4096, literalPrefix: 64, literalsPerMessage: 8),
        heldOctets: 256,
        outstandingExchanges: 8
    )

    /// Each segment has one octet before it: bit 7 is the direction, the rest the length.
    public static func run(_ input: UnsafeBufferPointer<UInt8>) {
        let observer = Tiles()
        var session = Session(
            description: SessionDescription(
                connection: ConnectionID(1),
                client: Endpoint(host: "127.0.0.1", port: 50000),
                server: Endpoint(host: "127.0.0.1", port: 143),
                clientLeg: "cleartext",
                upstreamLeg: "cleartext",
                time: .zero
            ),
            options: self.options,
            observer: observer
        )
        var sent: [Direction: UInt64] = [.client: 0, .server: 0]
        var index = 0
        while index < input.count {
            let head = input[index]
            let direction: Direction = head & 0x80 == 0 ? .client : .server
            let end = min(index + 1 + Int(head & 0x7F), input.count)
            let segment = Array(input[(index + 1)..<end])
            session.receive(segment.span.bytes, from: direction, at: .zero)
            sent[direction, default: 0] += UInt64(segment.count)
            for each in [Direction.client, .server] where !observer.isCompressed {
                precondition(session.octets(each) == sent[each], "octets are counted wrongly")
            }
            index = end
        }
        session.ended(at: .zero)
        for each in [Direction.client, .server] {
            precondition(
                observer.isCompressed || session.octets(each) == sent[each],
                "octets are counted wrongly at the end"
            )
            precondition(observer.next[each, default: 0] == session.octets(each), "messages do not tile the stream")
        }
    }

    private final class Tiles: SessionObserver {
        var next: [Direction: UInt64] = [:]
        /// From here on the session counts what it reads, inflated, and not what was sent.
        var isCompressed = false

        func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
            precondition(self.next[message.direction, default: 0] == message.offset, "messages do not tile the stream")
            self.next[message.direction] = message.offset + message.length
            for secret in message.secrets { precondition(secret.range.upperBound <= text.byteCount) }
        }

        func announced(_ message: Message, text: RawSpan) {}
        func literal(_ piece: LiteralPiece, octets: RawSpan) {}

        func event(_ event: SessionEvent) {
            switch event {
            case .opaque(let direction, let octets, _): self.next[direction, default: 0] += UInt64(octets)
            case .transportChange(let change) where change.layer == .deflate: self.isCompressed = true
            default: break
            }
        }
    }
}
