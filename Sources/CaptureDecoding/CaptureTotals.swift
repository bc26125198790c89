public import PacketDecoding

/// What a capture held.
public struct CaptureTotals: Sendable, Hashable {
    public var packets = 0
    /// Octets of all packets as captured.
    public var octets: UInt64 = 0
    public var flows = 0
    public var sessions = 0
    /// Octets of TCP payload that sessions read, and that the capture lacks in them.
    public var sessionOctets: UInt64 = 0
    public var missingOctets: UInt64 = 0
    /// Connections that are TLS and were not decrypted, and their octets.
    public var tlsFlows = 0
    public var tlsOctets: UInt64 = 0
    /// Packets without TCP, by what they are.
    public var others: [PacketKind: Int] = [:]
    /// Packets whose headers make no sense, by layer and reason.
    public var malformed: [String: Int] = [:]
    /// Connections that are no IMAP, by the port of their server.
    public var otherPorts: [UInt16: Int] = [:]
    public var fragments = 0
    public var conflicts = 0

    public init() {}

    /// No capture names more kinds than a person reads; a hostile one shall not fill the memory with them.
    static let mostKinds = 1024

    mutating func count(_ kind: PacketKind) {
        // The client's port says nothing.
        var kind = kind
        if case .udp(let source, let destination) = kind {
            kind = .udp(source: 0, destination: min(source, destination))
        }
        guard self.others.count < Self.mostKinds || self.others[kind] != nil else { return }
        self.others[kind, default: 0] += 1
    }
}
