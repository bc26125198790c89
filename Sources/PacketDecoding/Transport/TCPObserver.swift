public import Traffic

/// One of the two ends of a connection, in the order of ``FlowKey``: which one is the client is not TCP's to know.
public enum TCPSide: UInt8, Sendable, Hashable, CaseIterable {
    case first
    case second

    public var opposite: TCPSide { self == .first ? .second : .first }
}

/// How a side ended its stream.
public enum TCPEnd: Sendable, Hashable {
    case finished
    case reset
}

/// Who gets the streams of one connection: octets in order, and each direction not before what it answers.
public protocol TCPObserver {
    /// The next octets that `side` sent, valid during the call only.
    mutating func data(_ octets: RawSpan, from side: TCPSide, at time: Timestamp)
    /// Octets that `side` sent here and that the capture does not hold.
    mutating func gap(_ octets: UInt64, from side: TCPSide, at time: Timestamp)
    /// A retransmission that holds other octets than the first copy, which alone was handed on.
    mutating func conflict(at offset: UInt64, count: Int, from side: TCPSide, at time: Timestamp)
    /// Nothing more comes from `side`.
    mutating func ended(_ end: TCPEnd, from side: TCPSide, at time: Timestamp)
}
