import IMAPSession
import IMAPWire
import PacketDecoding
import Traffic

/// Feeds the streams of one connection to its session, octet for octet what the live proxy would feed.
///
/// Decryption stands between ``data(_:_:at:)`` and the session: for a connection that is TLS from its first octet on, and from
/// where the session says that STARTTLS was agreed. The session inflates what is compressed.
final class SessionFeed {
    private(set) var session: Session
    private let keys: CaptureKeys
    /// Takes the TLS off, from where it began.
    private var tls: TLSLayer?
    /// The session's clock never goes back, whatever the stamps of its packets do.
    private var time: Timestamp

    init(
        _ flow: FlowReader,
        _ id: ConnectionID,
        _ options: SessionOptions,
        _ keys: CaptureKeys,
        _ observer: any SessionObserver
    ) {
        self.keys = keys
        let client = flow.clientSide ?? flow.likelyClient
        self.session = Session(
            description: SessionDescription(
                connection: id,
                client: Endpoint(flow.key[client]),
                server: Endpoint(flow.key[client.opposite]),
                clientLeg: flow.isTLS ? "TLS" : "cleartext",
                upstreamLeg: "",
                time: flow.firstTime
            ),
            options: options,
            observer: observer
        )
        self.time = flow.firstTime
        self.session.leavesTLS = true
        if flow.isTLS {
            self.session.beginsTLS(at: self.time)
            self.tls = TLSLayer(self, keys.decryption, start: .implicit)
        } else if !flow.hasBeginning, !flow.beginsWithGreeting {
            self.session.beginsMidStream()
        }
        if let header = flow.header { self.session.report(.proxyHeader(header), at: self.time) }
    }

    /// Octets that the session got and could not read, and what they are.
    var unreadOctets: UInt64 { self.session.opaqueOctets }
    var unreadLayer: String {
        if let reason = self.tls?.reason { return "TLS: \(reason)" }
        return self.session.opaqueLayer?.rawValue ?? "after a gap"
    }

    /// Octets of cleartext that stood under TLS.
    var decryptedOctets: UInt64 { self.tls?.cleartextOctets ?? 0 }

    private func advance(to time: Timestamp) -> Timestamp {
        self.time = max(self.time, time)
        return self.time
    }

    private func report(_ finding: Finding, at time: Timestamp) {
        self.session.report(finding, at: self.advance(to: time))
    }

    func data(_ octets: RawSpan, _ direction: Direction, at time: Timestamp, packet: Int) {
        self.session.packet = packet
        let time = self.advance(to: time)
        if let tls { return tls.receive(octets, from: direction, at: time) }
        self.session.receive(octets, from: direction, at: time)
        if self.session.isUnderTLS { self.beginTLS() }
    }

    /// STARTTLS was agreed on: what came behind it goes another way from here on.
    private func beginTLS() {
        let tls = TLSLayer(self, self.keys.decryption, start: .starttls)
        self.tls = tls
        for piece in self.session.takeEncrypted() {
            tls.receive(piece.octets.span.bytes, from: piece.direction, at: piece.time)
        }
    }

    /// What the TLS connection does to the session.
    func withSession(_ body: (inout Session) -> Void) { body(&self.session) }

    func gap(_ octets: UInt64, _ direction: Direction, at time: Timestamp) {
        let time = self.advance(to: time)
        if let tls { return tls.gap(octets, from: direction, at: time) }
        self.session.gap(octets, from: direction, at: time)
        if self.session.isUnderTLS { self.beginTLS() }
    }

    func conflict(at offset: UInt64, count: Int, _ direction: Direction, at time: Timestamp) {
        self.report(.conflictingRetransmission(at: offset, count: count, direction), at: time)
    }

    func ended(_ end: TCPEnd, _ direction: Direction, at time: Timestamp) {
        self.tls?.ended(direction, at: self.advance(to: time))
        self.session.closed(direction, end == .finished ? .closed : .reset, at: self.advance(to: time))
    }

    func finish(_ why: FlowEnd, at time: Timestamp) {
        self.tls?.finish(at: self.advance(to: time))
        switch why {
        case .closed: break
        // A session that goes on beyond the capture was cut by nobody.
        case .endOfCapture, .reused, .idle, .crowded:
            if !self.session.isClosed { self.report(.captureEnds(why), at: time) }
        }
        self.session.ended(at: self.advance(to: time))
    }
}

extension Endpoint {
    init(_ address: SocketAddress) {
        self.init(host: address.address.description, port: address.port)
    }
}

extension Finding {
    static func conflictingRetransmission(at offset: UInt64, count: Int, _ direction: Direction) -> Finding {
        Finding(
            id: "conflicting-retransmission",
            severity: .medium,
            blame: .capture,
            direction: direction,
            offset: offset,
            text:
                "\(count) octets from TCP offset \(offset) on were sent twice with different content; the first copy is "
                + "shown, the peer may have taken the second",
            reference: "RFC 9293 section 3.4"
        )
    }

    static func captureEnds(_ why: FlowEnd) -> Finding {
        Finding(
            id: "unfinished-connection",
            severity: .info,
            blame: .capture,
            direction: .client,
            offset: 0,
            text: "the connection is not followed to its end: \(why.rawValue)",
            reference: "RFC 9293 section 3.6"
        )
    }

    static func proxyHeader(_ header: ProxyHeader) -> Finding {
        let client = header.client.map { "the client is \($0)" } ?? "it names no client"
        return Finding(
            id: "proxy-header",
            severity: .info,
            blame: .capture,
            direction: .client,
            offset: 0,
            text: "a PROXY protocol header of version \(header.version) stands before the session: \(client)",
            reference: "HAProxy PROXY protocol, section 2"
        )
    }
}
