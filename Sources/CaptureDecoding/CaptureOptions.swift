public import IMAPSession
public import PacketDecoding

/// How a capture is read.
public struct CaptureOptions: Sendable {
    /// Ports on which connections are taken for IMAP, beside those of RFC 9051 section 2.1, RFC 8314 section 3.2 and
    /// RFC 1203.
    public var ports: Set<UInt16>
    public var flows: FlowLimits
    public var session: SessionOptions
    /// Makes the keys for TLS, on the thread that reads the sessions.
    public var makeKeys: @Sendable () -> CaptureKeys = { CaptureKeys() }
    /// How long a connection that is known to be IMAP waits for older ones to be recognised, so that numbers follow the
    /// order of first packets: octets of all that wait, packets, and nanoseconds of the capture's clock.
    public var waitingOctets: Int
    public var waitingPackets: Int
    public var waitingTime: Int64
    /// Octets of a connection after which it is given up when nothing tells what it is.
    public var undecidedOctets: Int

    public static let imapPorts: Set<UInt16> = [143, 993, 220]

    public init(
        ports: Set<UInt16> = [],
        flows: FlowLimits = .standard,
        session: SessionOptions = SessionOptions(),
        waitingOctets: Int = 4 << 20,
        waitingPackets: Int = 4096,
        waitingTime: Int64 = 5_000_000_000,
        undecidedOctets: Int = 65_536
    ) {
        self.ports = ports
        self.flows = flows
        self.session = session
        self.waitingOctets = waitingOctets
        self.waitingPackets = waitingPackets
        self.waitingTime = waitingTime
        self.undecidedOctets = undecidedOctets
    }

    func expects(_ key: FlowKey) -> Bool {
        for port in [key.first.port, key.second.port] {
            if Self.imapPorts.contains(port) || self.ports.contains(port) { return true }
        }
        return false
    }
}
