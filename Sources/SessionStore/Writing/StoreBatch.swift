import IMAPSession
import Traffic

/// What sessions said since the last batch, ready to become rows.
///
/// Octets of all rows stand in two arrays, those of literals apart, so that a message costs no allocation of its own.
struct StoreBatch: Sendable {
    enum Item: Sendable {
        case began(SessionDescription)
        case ended(SessionSummary)
        case message(MessageRow)
        case event(EventRow)
        /// A piece of a literal.
        case piece(LiteralKey, [UInt8])
        case exchange(Exchange)
        case authentication(AuthenticationOutcome)
        case finding(Finding, message: Int64?, time: Timestamp)
        case edit(Edit)
    }

    struct Entry: Sendable {
        var session: Int64
        var item: Item
    }

    var entries: [Entry] = []
    var texts: [UInt8] = []
    var records = RecordWriter()
    /// Octets of all pieces of literals.
    var literalOctets = 0
    /// The entry of the last message, if another of its kind may join it.
    var openRun: Int?

    static let fullSize = 1 << 20
    static let fullEntries = 4096

    var isEmpty: Bool { self.entries.isEmpty }

    var isFull: Bool {
        self.entries.count >= Self.fullEntries
            || self.texts.count + self.records.octets.count + self.literalOctets >= Self.fullSize
    }

    mutating func append(_ session: Int64, _ item: Item) {
        self.openRun = nil
        self.entries.append(Entry(session: session, item: item))
    }
}

/// Which literal a piece belongs to.
struct LiteralKey: Sendable, Hashable {
    var session: Int64
    var direction: Direction
    /// Of its first octet in the stream.
    var offset: UInt64
}

/// One message, or a run of responses that have the same name and belong to the same command.
struct MessageRow: Sendable {
    var seq: Int64
    var time: Timestamp
    var direction: Direction
    var kind: String
    var tag: String?
    var name: String?
    var response: String?
    var exchange: Int
    var offset: UInt64
    var length: UInt64
    var count = 1
    /// Octets of `texts` and `records`, next in their order.
    var text: Int
    var record: Int
    /// The literals that stand apart, and the place of each in the message.
    var literals: [(place: Int, key: LiteralKey)] = []
}

struct EventRow: Sendable {
    var seq: Int64
    var kind: String
    var record: Int
}
