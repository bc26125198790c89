import IMAPSession
public import PacketDecoding
public import Traffic

/// Reads one TCP connection of a capture: first looks what it is, then hands it to a session.
public final class FlowReader: TCPObserver {
    /// What the connection turned out to be.
    enum Stage {
        case undecided
        /// IMAP, and older connections are not decided yet: numbers follow the order of first packets.
        case waiting
        case session(SessionFeed)
        /// TLS, of which nothing is read.
        case tls
        case other
    }

    let key: FlowKey
    /// In the order of first packets, all connections of the capture together.
    let order: Int
    let firstTime: Timestamp
    /// The time of the connection's last octets.
    private(set) var lastTime: Timestamp
    var stage = Stage.undecided
    var start = FlowStart()
    /// Which side connected; nil while that is not known.
    var clientSide: TCPSide?
    /// The capture holds the handshake, so that nothing is missing before what comes first.
    var hasBeginning: Bool
    /// Whether one of the ports is one of IMAP's.
    let isExpected: Bool
    /// Octets of both sides.
    private(set) var octets: UInt64 = 0
    private(set) var gapOctets: UInt64 = 0
    private(set) var conflicts = 0
    /// It is TLS from its first octet on.
    var isTLS = false
    /// What a load balancer said first.
    var header: ProxyHeader?
    /// Why it is not followed any more; nil while it is.
    var end: FlowEnd?
    /// What it turned out to be has been told to whoever counts.
    var isCounted = false
    private unowned let decoder: CaptureDecoder

    init(
        _ key: FlowKey,
        _ segment: TCPSegment,
        order: Int,
        isExpected: Bool,
        at time: Timestamp,
        _ decoder: CaptureDecoder
    ) {
        self.key = key
        self.order = order
        self.firstTime = time
        self.lastTime = time
        self.isExpected = isExpected
        self.decoder = decoder
        let side = key.side(of: segment)
        self.hasBeginning = segment.flags.contains(.syn)
        if self.hasBeginning {
            self.clientSide = segment.flags.contains(.ack) ? side.opposite : side
        }
    }

    /// The client by the ports, when nothing else tells: servers have the lower one.
    var likelyClient: TCPSide { self.key.first.port > self.key.second.port ? .first : .second }

    /// Whether what comes first is what comes first in every session.
    var beginsWithGreeting: Bool {
        guard let client = self.clientSide, self.start.lacksBeginning.isEmpty else { return false }
        return self.start.content(client.opposite) == .greeting
    }

    func direction(of side: TCPSide) -> Direction {
        side == (self.clientSide ?? .first) ? .client : .server
    }

    // MARK: - TCPObserver

    public func data(_ octets: RawSpan, from side: TCPSide, at time: Timestamp) {
        self.octets += UInt64(octets.byteCount)
        self.lastTime = max(self.lastTime, time)
        switch self.stage {
        case .session(let feed): feed.data(octets, self.direction(of: side), at: time)
        case .tls, .other: break
        case .undecided, .waiting:
            self.start.append(octets, side, time)
            self.decoder.flowGrew(self, by: octets.byteCount)
        }
    }

    public func gap(_ octets: UInt64, from side: TCPSide, at time: Timestamp) {
        self.gapOctets += octets
        switch self.stage {
        case .session(let feed): feed.gap(octets, self.direction(of: side), at: time)
        case .tls, .other: break
        case .undecided, .waiting: self.start.append(gap: octets, side, time)
        }
    }

    public func conflict(at offset: UInt64, count: Int, from side: TCPSide, at time: Timestamp) {
        self.conflicts += 1
        switch self.stage {
        case .session(let feed): feed.conflict(at: offset, count: count, self.direction(of: side), at: time)
        case .tls, .other: break
        case .undecided, .waiting: self.start.append(conflict: offset, count, side, time)
        }
    }

    public func ended(_ end: TCPEnd, from side: TCPSide, at time: Timestamp) {
        switch self.stage {
        case .session(let feed): feed.ended(end, self.direction(of: side), at: time)
        case .tls, .other: break
        case .undecided, .waiting: self.start.append(end: end, side, time)
        }
    }
}
