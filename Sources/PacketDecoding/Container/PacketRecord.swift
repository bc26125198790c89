public import Traffic

/// A packet as a capture file holds it; the octets are a range of the window that it was read from.
public struct PacketRecord: Sendable, Hashable {
    public var link: LinkType
    /// Nil where the file has none (simple packet blocks of pcapng).
    public var time: Timestamp?
    public var octets: Range<Int>
    /// How many octets the packet had on the wire.
    public var originalLength: Int
    /// The interface, counted over all sections of the file.
    public var interface: Int
    /// Which way the packet went, where the file says so.
    public var isInbound: Bool?

    public init(
        link: LinkType,
        time: Timestamp?,
        octets: Range<Int>,
        originalLength: Int,
        interface: Int = 0,
        isInbound: Bool? = nil
    ) {
        self.link = link
        self.time = time
        self.octets = octets
        self.originalLength = originalLength
        self.interface = interface
        self.isInbound = isInbound
    }
}

/// What the next octets of a capture file are.
public enum CaptureStep: Sendable, Hashable {
    case packet(PacketRecord)
    /// Keys for decryption (a Decryption Secrets Block): their type, and where they are in the window.
    case secrets(type: UInt32, Range<Int>)
    /// A header, or a block that is not for us.
    case other
    /// The window must hold this many octets before more can be read.
    case needsMore(Int)
    /// A clean end.
    case end
}
