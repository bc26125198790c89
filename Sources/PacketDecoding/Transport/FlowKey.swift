/// The two ends of a connection, the same for packets of both directions.
public struct FlowKey: Sendable, Hashable {
    public let first: SocketAddress
    public let second: SocketAddress

    public init(_ one: SocketAddress, _ other: SocketAddress) {
        (self.first, self.second) = one < other ? (one, other) : (other, one)
    }

    /// Four words at most: every packet is looked up by it.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.first.address.low)
        hasher.combine(self.second.address.low)
        if self.first.address.isIPv6 {
            hasher.combine(self.first.address.high)
            hasher.combine(self.second.address.high)
        }
        hasher.combine(UInt32(self.first.port) << 16 | UInt32(self.second.port))
    }

    public init(_ segment: TCPSegment) {
        self.init(segment.source, segment.destination)
    }

    /// Which end sent `segment`. Ends that are the same, as a host that talks to its own port, count as the first.
    public func side(of segment: TCPSegment) -> TCPSide {
        segment.source == self.first ? .first : .second
    }

    public subscript(side: TCPSide) -> SocketAddress {
        side == .first ? self.first : self.second
    }
}
