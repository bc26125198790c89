import IMAPSession
import Traffic

/// Counts what a session cannot read, on the way to whoever else listens.
final class UnreadCounter: SessionObserver {
    private let next: any SessionObserver
    private(set) var octets: UInt64 = 0

    init(_ next: any SessionObserver) {
        self.next = next
    }

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.next.message(message, text: text, secrets: secrets)
    }

    func announced(_ message: Message, text: RawSpan) {
        self.next.announced(message, text: text)
    }

    func passing(_ message: Message, text: RawSpan) {
        self.next.passing(message, text: text)
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan) {
        self.next.literal(piece, octets: octets)
    }

    func event(_ event: SessionEvent) {
        if case .opaque(_, let octets, _) = event { self.octets += UInt64(octets) }
        self.next.event(event)
    }
}
