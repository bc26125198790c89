public import PacketDecoding

/// What a capture held.
public struct CaptureTotals: Sendable, Hashable {
    public var packets: PacketTotals
    public var streams: StreamTotals

    public init(packets: PacketTotals = PacketTotals(), streams: StreamTotals = StreamTotals()) {
        self.packets = packets
        self.streams = streams
    }

    /// No capture names more kinds than a person reads; a hostile one shall not fill the memory with them.
    static let mostKinds = 1024
}

/// What was counted while packets were taken apart.
public struct PacketTotals: Sendable, Hashable {
    public var packets = 0
    /// Octets of all packets as captured.
    public var octets: UInt64 = 0
    public var flows = 0
    public var fragments = 0
    /// Packets without TCP, by what they are.
    public var others: [PacketKind: Int] = [:]
    /// Packets whose headers make no sense, by layer and reason.
    public var malformed: [String: Int] = [:]

    public init() {}

    mutating func count(_ kind: PacketKind) {
        // The client's port says nothing.
        var kind = kind
        if case .udp(let source, let destination) = kind {
            kind = .udp(source: 0, destination: min(source, destination))
        }
        guard self.others.count < CaptureTotals.mostKinds || self.others[kind] != nil else { return }
        self.others[kind, default: 0] += 1
    }
}

/// What was counted while streams were read.
public struct StreamTotals: Sendable, Hashable {
    public var sessions = 0
    /// Octets of TCP payload that sessions could read, and that the capture lacks in them.
    public var sessionOctets: UInt64 = 0
    public var missingOctets: UInt64 = 0
    /// Octets that sessions got and could not read: what they are, and how many.
    public var unreadOctets: [String: UInt64] = [:]
    /// Connections of which TLS was taken off, and the cleartext in them.
    public var decryptedFlows = 0
    public var decryptedOctets: UInt64 = 0
    /// Connections that are TLS and were not decrypted, and their octets.
    public var tlsFlows = 0
    public var tlsOctets: UInt64 = 0
    /// Those of them that are no session, by the port of their server.
    public var tlsPorts: [UInt16: Int] = [:]
    /// Connections that are no IMAP, by the port of their server.
    public var otherPorts: [UInt16: Int] = [:]
    public var conflicts = 0
    /// Sessions that are TLS from their first octet on, by why they were not decrypted.
    public var undecrypted: [String: Int] = [:]

    public init() {}

    /// A connection is over.
    mutating func count(_ flow: FlowReader) {
        self.conflicts += flow.conflicts
        switch flow.stage {
        case .session(let feed):
            self.missingOctets += flow.gapOctets
            if feed.decryptedOctets > 0 {
                self.decryptedFlows += 1
                self.decryptedOctets += feed.decryptedOctets
            } else if flow.isTLS {
                self.countTLS(flow)
                self.undecrypted[feed.unreadLayer, default: 0] += 1
                break
            }
            let unread = min(feed.unreadOctets, flow.octets)
            self.sessionOctets += flow.octets - unread
            if unread > 0 { self.unreadOctets[feed.unreadLayer, default: 0] += unread }
        case .tls:
            self.countTLS(flow)
            Self.count(Self.serverPort(of: flow), in: &self.tlsPorts)
        case .other where flow.octets > 0: Self.count(Self.serverPort(of: flow), in: &self.otherPorts)
        case .other, .undecided, .probing, .waiting: break
        }
    }

    private static func serverPort(of flow: FlowReader) -> UInt16 {
        flow.key[(flow.clientSide ?? flow.likelyClient).opposite].port
    }

    private static func count(_ port: UInt16, in ports: inout [UInt16: Int]) {
        guard ports.count < CaptureTotals.mostKinds || ports[port] != nil else { return }
        ports[port, default: 0] += 1
    }

    private mutating func countTLS(_ flow: FlowReader) {
        self.tlsFlows += 1
        self.tlsOctets += flow.octets
    }
}
