/// One end of a TCP connection as packets name it.
public struct SocketAddress: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var address: IPAddress
    public var port: UInt16

    public init(address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    public static func < (left: SocketAddress, right: SocketAddress) -> Bool {
        left.address != right.address ? left.address < right.address : left.port < right.port
    }

    public var description: String {
        self.address.isIPv6 ? "[\(self.address)]:\(self.port)" : "\(self.address):\(self.port)"
    }
}

/// Control bits (RFC 9293 section 3.1).
public struct TCPFlags: OptionSet, Sendable, Hashable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let fin = TCPFlags(rawValue: 0x01)
    public static let syn = TCPFlags(rawValue: 0x02)
    public static let rst = TCPFlags(rawValue: 0x04)
    public static let psh = TCPFlags(rawValue: 0x08)
    public static let ack = TCPFlags(rawValue: 0x10)
    public static let urg = TCPFlags(rawValue: 0x20)
}

/// A TCP segment, its payload as a range of the octets that it was read from.
public struct TCPSegment: Sendable, Hashable {
    public var source: SocketAddress
    public var destination: SocketAddress
    public var sequence: UInt32
    /// Meaningless without ``TCPFlags/ack``.
    public var acknowledgement: UInt32
    public var flags: TCPFlags
    /// The payload that was captured.
    public var payload: Range<Int>
    /// Octets at the payload's end that the snapshot length cut off.
    public var missing: Int

    public init(
        source: SocketAddress,
        destination: SocketAddress,
        sequence: UInt32,
        acknowledgement: UInt32,
        flags: TCPFlags,
        payload: Range<Int>,
        missing: Int
    ) {
        self.source = source
        self.destination = destination
        self.sequence = sequence
        self.acknowledgement = acknowledgement
        self.flags = flags
        self.payload = payload
        self.missing = missing
    }

    /// Octets of payload, captured or not.
    public var length: Int { self.payload.count + self.missing }
}
