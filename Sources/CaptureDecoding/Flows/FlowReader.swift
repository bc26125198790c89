import IMAPSession
import PacketDecoding
import Traffic

/// One TCP connection of a capture: first it is looked at, then a session reads it.
final class FlowReader {
    /// What the connection turned out to be.
    enum Stage {
        case undecided
        /// TLS on a port that is none of IMAP's, for which there may be keys.
        case probing(TLSProbe)
        /// IMAP, and older connections are not decided yet: numbers follow the order of first packets.
        case waiting
        case session(SessionFeed)
        /// TLS, of which nothing is read.
        case tls
        case other
    }

    let key: FlowKey
    let firstTime: Timestamp
    /// The time of the connection's last octets.
    private(set) var lastTime: Timestamp
    private(set) var start = FlowStart()
    var stage = Stage.undecided
    /// Which side connected; nil while that is not known.
    var clientSide: TCPSide?
    /// The capture holds the handshake, so that nothing is missing before what comes first.
    let hasBeginning: Bool
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

    init(_ opening: FlowOpening, isExpected: Bool, at time: Timestamp) {
        self.key = opening.key
        self.firstTime = time
        self.lastTime = time
        self.isExpected = isExpected
        self.hasBeginning = opening.client != nil
        self.clientSide = opening.client
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

    // MARK: - What was said

    func data(_ octets: RawSpan, from side: TCPSide, at time: Timestamp, packet: Int) {
        self.octets += UInt64(octets.byteCount)
        self.lastTime = max(self.lastTime, time)
        switch self.stage {
        case .session(let feed): feed.data(octets, self.direction(of: side), at: time, packet: packet)
        case .tls, .other: break
        case .probing(let probe):
            self.start.append(octets, side, time, packet: packet)
            probe.receive(octets, from: self.direction(of: side), at: time)
        case .undecided, .waiting: self.start.append(octets, side, time, packet: packet)
        }
    }

    func gap(_ octets: UInt64, from side: TCPSide, at time: Timestamp) {
        self.gapOctets += octets
        switch self.stage {
        case .session(let feed): feed.gap(octets, self.direction(of: side), at: time)
        case .tls, .other: break
        case .undecided, .waiting, .probing: self.start.append(gap: octets, side, time)
        }
    }

    func conflict(at offset: UInt64, count: Int, from side: TCPSide, at time: Timestamp) {
        self.conflicts += 1
        switch self.stage {
        case .session(let feed): feed.conflict(at: offset, count: count, self.direction(of: side), at: time)
        case .tls, .other: break
        case .undecided, .waiting, .probing: self.start.append(conflict: offset, count, side, time)
        }
    }

    func ended(_ end: TCPEnd, from side: TCPSide, at time: Timestamp) {
        switch self.stage {
        case .session(let feed): feed.ended(end, self.direction(of: side), at: time)
        case .tls, .other: break
        case .undecided, .waiting, .probing: self.start.append(end: end, side, time)
        }
    }

    /// Takes a header of the PROXY protocol off.
    func dropFirst(_ count: Int, of side: TCPSide) {
        self.start.dropFirst(count, of: side)
    }

    /// Looks under its TLS, at what there is and at what comes.
    func look(with probe: TLSProbe) {
        self.stage = .probing(probe)
        for entry in self.start.entries {
            guard case .data(let octets) = entry.input else { continue }
            probe.receive(octets.span.bytes, from: self.direction(of: entry.side), at: entry.time)
        }
    }

    /// Forgets what was kept to tell what the connection is.
    func settle(as stage: Stage) {
        self.stage = stage
        _ = self.start.take()
    }

    /// Its turn has come: everything that was kept goes to the session, and what follows too.
    func begin(_ feed: SessionFeed) {
        self.stage = .session(feed)
        for entry in self.start.take() {
            let direction = self.direction(of: entry.side)
            switch entry.input {
            case .data(let octets): feed.data(octets.span.bytes, direction, at: entry.time, packet: entry.packet)
            case .gap(let octets): feed.gap(octets, direction, at: entry.time)
            case .conflict(let offset, let count): feed.conflict(at: offset, count: count, direction, at: entry.time)
            case .end(let end): feed.ended(end, direction, at: entry.time)
            }
        }
    }
}
