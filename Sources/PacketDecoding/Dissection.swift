/// What a frame turned out to hold.
public enum Dissection: Sendable, Hashable {
    /// A TCP segment; its payload is a range of the frame.
    case tcp(TCPSegment)
    /// A TCP segment out of IP fragments; its payload is a range of ``Dissector/datagram``.
    case reassembledTCP(TCPSegment)
    /// A fragment that waits for the rest of its datagram.
    case fragment
    case other(PacketKind)
    /// Headers that cannot be: which layer, and why.
    case malformed(layer: String, reason: MalformedReason)
}

/// Why headers make no sense.
public enum MalformedReason: String, Sendable, Hashable {
    case cutOff = "its header is cut off"
    case badLength = "a length that cannot be"
    case badVersion = "a version that cannot be"
    case tooDeep = "too many headers"
    case overlappingFragments = "fragments that contradict each other"
}

/// Packets that carry no TCP, by what they are.
public enum PacketKind: Sendable, Hashable {
    case udp(source: UInt16, destination: UInt16)
    /// Another protocol over IP: its number in the IANA registry.
    case ipProtocol(UInt8)
    /// Another protocol over the link: its EtherType.
    case etherType(UInt16)
    /// A frame of a network that holds no packet, such as an 802.11 beacon.
    case control
    /// A WLAN frame that is encrypted.
    case encryptedLink
    /// A link that imapscope cannot read.
    case link(LinkType)
}
