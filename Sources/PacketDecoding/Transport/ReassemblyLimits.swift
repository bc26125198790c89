/// How long, and with how much memory, reassembly waits for segments that are not in order.
public struct ReassemblyLimits: Sendable, Hashable {
    /// Octets of memory that one connection may hold back: those of its segments, and what each segment takes beside.
    public var heldOctets: Int
    /// Packets of a connection after which a segment that the receiver has acknowledged is not waited for any more.
    public var reorderPackets: Int
    /// The same as a time of the capture's clock, in nanoseconds.
    public var reorderTime: Int64
    /// How long a segment is waited for that nobody acknowledged: its sender will repeat it.
    public var retransmissionTime: Int64
    /// Octets at the end of each stream that are kept to compare retransmissions with.
    public var history: Int

    public init(
        heldOctets: Int,
        reorderPackets: Int,
        reorderTime: Int64,
        retransmissionTime: Int64,
        history: Int
    ) {
        self.heldOctets = heldOctets
        self.reorderPackets = reorderPackets
        self.reorderTime = reorderTime
        self.retransmissionTime = retransmissionTime
        self.history = history
    }

    public static let standard = ReassemblyLimits(
        heldOctets: 4 << 20,
        reorderPackets: 128,
        reorderTime: 2_000_000_000,
        retransmissionTime: 120_000_000_000,
        history: 2048
    )
}
