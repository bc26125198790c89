/// The two ends of a connection, the same for packets of both directions.
public struct FlowKey: Sendable, Hashable {
    public let first: SocketAddress
    public let second: SocketAddress

    public init(_ one: SocketAddress, _ other: SocketAddress) {
        (self.first, self.second) = one < other ? (one, other) : (other, one)
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
