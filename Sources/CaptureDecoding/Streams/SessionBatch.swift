import IMAPSession
import Traffic

/// What sessions said, secrets included, in the order in which they said it.
///
/// It is a value, so that sessions may be read on one core while another masks and writes what they said.
public struct SessionBatch: Sendable {
    enum Kind: Sendable {
        case message
        case announced
        case passing
        case literal
        case event
    }

    /// The next of the array that its kind names.
    struct Entry: Sendable {
        var kind: Kind
        /// The place of the session among those that are open; free again behind its last event.
        var slot: Int
        /// So many of the octets, and of the secrets, from where the entry before it left off.
        var octets = 0
        var secrets = 0
    }

    private(set) var entries: [Entry] = []
    private(set) var messages: [Message] = []
    private(set) var pieces: [LiteralPiece] = []
    private(set) var events: [SessionEvent] = []
    private(set) var secrets: [Secret] = []
    private(set) var octets: [UInt8] = []

    public init() {}

    /// Octets from which on a batch is handed on.
    static let fullSize = 131_072
    static let fullEntries = 256

    public var isFull: Bool { self.octets.count >= Self.fullSize || self.entries.count >= Self.fullEntries }
    public var isEmpty: Bool { self.entries.isEmpty }

    mutating func append(_ message: Message, _ text: RawSpan, _ secrets: [Secret], slot: Int) {
        self.messages.append(message)
        if !secrets.isEmpty { self.secrets += secrets }
        self.append(text)
        self.entries.append(Entry(kind: .message, slot: slot, octets: text.byteCount, secrets: secrets.count))
    }

    mutating func append(announced message: Message, _ text: RawSpan, slot: Int) {
        self.messages.append(message)
        self.append(text)
        self.entries.append(Entry(kind: .announced, slot: slot, octets: text.byteCount))
    }

    mutating func append(passing message: Message, _ text: RawSpan, slot: Int) {
        self.messages.append(message)
        self.append(text)
        self.entries.append(Entry(kind: .passing, slot: slot, octets: text.byteCount))
    }

    mutating func append(_ piece: LiteralPiece, _ octets: RawSpan, slot: Int) {
        self.pieces.append(piece)
        self.append(octets)
        self.entries.append(Entry(kind: .literal, slot: slot, octets: octets.byteCount))
    }

    mutating func append(_ event: SessionEvent, slot: Int) {
        self.events.append(event)
        self.entries.append(Entry(kind: .event, slot: slot))
    }

    private mutating func append(_ octets: RawSpan) {
        octets.withUnsafeBytes { self.octets.append(contentsOf: $0) }
    }

    /// Empties the batch and keeps its memory for the next one.
    public mutating func clear() {
        self.entries.removeAll(keepingCapacity: true)
        self.messages.removeAll(keepingCapacity: true)
        self.pieces.removeAll(keepingCapacity: true)
        self.events.removeAll(keepingCapacity: true)
        self.secrets.removeAll()
        // A single message may be large.
        self.octets.removeAll(keepingCapacity: self.octets.capacity <= 4 * Self.fullSize)
    }
}
