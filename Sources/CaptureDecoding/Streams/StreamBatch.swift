import PacketDecoding
import Traffic

/// What a run of packets said: pieces of streams in the order in which sessions read them, with the octets themselves.
///
/// It is a value, so that packets may be taken apart on one core while another reads what they carried.
public struct StreamBatch: Sendable {
    enum Kind: Sendable {
        /// A connection begins: the next of `openings`.
        case begin
        /// So many of the octets, from where the entry before it left off.
        case data(Int)
        case gap(UInt64)
        case conflict(offset: UInt64, count: Int)
        case ended(TCPEnd)
        case over(FlowEnd)
        /// Keys that the capture brings: the next of `secrets`. It belongs to no connection.
        case secrets
    }

    struct Entry: Sendable {
        var kind: Kind
        var side: TCPSide
        /// The place of the connection among those that are open; free again behind ``Kind/over(_:)``.
        var slot: Int
        var time: Timestamp
        /// How many packets of the capture had come.
        var packet: Int
    }

    private(set) var entries: [Entry] = []
    private(set) var openings: [FlowOpening] = []
    private(set) var secrets: [Secret] = []
    private(set) var octets: [UInt8] = []
    /// Packets of the capture up to here, and the time of the last one.
    var packets = 0
    var time = Timestamp.zero

    public init() {}

    /// Octets from which on a batch is handed on.
    static let fullSize = 131_072
    static let fullEntries = 4096

    /// Whether it is handed on for its size; otherwise because nothing may follow for a while.
    public var isFull: Bool { self.octets.count >= Self.fullSize || self.entries.count >= Self.fullEntries }
    public var isEmpty: Bool { self.entries.isEmpty }

    mutating func append(_ kind: Kind, _ side: TCPSide, _ slot: Int, _ time: Timestamp) {
        self.entries.append(Entry(kind: kind, side: side, slot: slot, time: time, packet: self.packets))
    }

    mutating func append(_ octets: RawSpan, _ side: TCPSide, _ slot: Int, _ time: Timestamp) {
        octets.withUnsafeBytes { self.octets.append(contentsOf: $0) }
        self.append(.data(octets.byteCount), side, slot, time)
    }

    mutating func append(_ opening: FlowOpening, _ slot: Int, _ time: Timestamp) {
        self.openings.append(opening)
        self.append(.begin, .first, slot, time)
    }

    mutating func append(secrets: Secret, _ time: Timestamp) {
        self.secrets.append(secrets)
        self.append(.secrets, .first, 0, time)
    }

    /// Empties the batch and keeps its memory for the next one.
    public mutating func clear() {
        self.entries.removeAll(keepingCapacity: true)
        self.openings.removeAll(keepingCapacity: true)
        self.secrets.removeAll()
        // A single segment of a hostile capture may be large.
        self.octets.removeAll(keepingCapacity: self.octets.capacity <= 4 * Self.fullSize)
    }
}

/// What the first segment of a connection says about it.
struct FlowOpening: Sendable {
    var key: FlowKey
    /// Which side connected; nil when the segment is no SYN.
    var client: TCPSide?
}
