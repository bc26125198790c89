import IMAPSession
import Traffic

/// A session and where its streams are.
final class CapturedSession {
    var connection: SyntheticConnection
    /// What the source does not have and has not been passed yet.
    var gaps: [(direction: Direction, range: Range<UInt64>)] = []
    private var isUnread = false

    init(_ description: SessionDescription, client: (NetworkAddress, UInt16), server: (NetworkAddress, UInt16)) {
        self.connection = SyntheticConnection(
            number: description.connection.number,
            client: client,
            server: server
        )
    }

    func comment(_ event: SessionEvent) {
        switch event {
        case .authentication, .stateChanged:
            for part in EventNotes.parts(event) { self.connection.comment(part) }
        case .finding(let finding, _): self.connection.comment(PacketCapture.text(finding))
        case .tls(let change): self.connection.comment(EventNotes.tls(change))
        case .transportChange(let change): self.connection.comment(EventNotes.transport(change))
        case .edit(let edit):
            self.connection.comment("edited, \(edit.direction.name) octet \(edit.offset): \(edit.cause)")
        default: break
        }
    }

    /// Goes on to `offset`: over what the source does not have, and over what it has and is not shown, such as the octets
    /// of a literal that a rule hides. For those stand `fill`, again and again.
    func advance(
        _ direction: Direction,
        to offset: UInt64,
        fill: [UInt8]?,
        time: Timestamp,
        _ writer: inout PcapngWriter
    ) {
        while self.connection.position(direction) < offset {
            let position = self.connection.position(direction)
            self.gaps.removeAll { $0.direction == direction && $0.range.upperBound <= position }
            let next = self.gaps.filter { $0.direction == direction }.map(\.range)
                .min { $0.lowerBound < $1.lowerBound }
            if let next, next.contains(position) {
                let end = min(next.upperBound, offset)
                self.connection.comment(EventNotes.gap(direction, end - position))
                self.connection.skip(direction, to: end)
                continue
            }
            let end = min(next?.lowerBound ?? offset, offset)
            guard let fill else {
                self.connection.comment(Self.unread(direction, end - position))
                self.connection.skip(direction, to: end)
                continue
            }
            let count = Int(min(end - position, UInt64(fill.count)))
            self.connection.send(
                direction,
                fill.span.bytes.extracting(0..<count),
                at: position,
                time: time,
                &writer
            )
        }
    }

    /// A message is over: what of it did not come does not come any more.
    func settle(_ direction: Direction, to offset: UInt64) {
        let position = self.connection.position(direction)
        guard position < offset else { return }
        if !self.gaps.contains(where: { $0.direction == direction && $0.range.overlaps(position..<offset) }) {
            self.connection.comment(Self.unread(direction, offset - position))
            self.connection.skip(direction, to: offset)
        }
    }

    /// Octets in a language that is not read.
    func skipUnread(_ direction: Direction, _ octets: UInt64) {
        if !self.isUnread {
            self.connection.comment("what follows here cannot be read: its octets are left out")
            self.isUnread = true
        }
        self.connection.skip(direction, to: self.connection.position(direction) + octets)
    }

    private static func unread(_ direction: Direction, _ octets: UInt64) -> String {
        "\(String(rendering: { $0.append(octets: octets) })) of the \(direction.name) are not shown here"
    }
}
