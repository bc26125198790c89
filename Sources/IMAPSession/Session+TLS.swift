import IMAPProtocol
import IMAPWire
public import Traffic

// MARK: - TLS that ends at imapscope

extension Session {
    /// The handshake of a leg is over. The streams go on as IMAP.
    public mutating func tlsEstablished(
        _ leg: Leg,
        _ facts: TLSFacts,
        start: TLSChange.Start,
        at time: Timestamp
    ) {
        if leg == .client {
            self.clientTLS = facts
            self.tlsStarts.client = start
        } else {
            self.upstreamTLS = facts
            self.tlsStarts.upstream = start
        }
        self.tell(leg, start, .established(facts), at: time)
    }

    /// No TLS came about on a leg.
    public mutating func tlsFailed(
        _ leg: Leg,
        _ failure: TLSHandshakeFailure,
        start: TLSChange.Start,
        at time: Timestamp
    ) {
        self.tell(leg, start, .failed(failure), at: time)
    }

    /// Something happened to the TLS of a leg after its handshake.
    public mutating func tlsNoticed(_ leg: Leg, _ notice: TLSNotice, at time: Timestamp) {
        let start = leg == .client ? self.tlsStarts.client : self.tlsStarts.upstream
        if let outcome = notice.outcome { self.tell(leg, start, outcome, at: time) }
        let direction: Direction = leg == .client ? .client : .server
        // A stream whose end was agreed on lacks nothing.
        if notice == .truncated, self.state == .logout { return }
        self.report(notice.finding(on: leg, direction, at: self.octets(direction)), at: time)
    }

    private mutating func tell(
        _ leg: Leg,
        _ start: TLSChange.Start,
        _ outcome: TLSChange.Outcome,
        at time: Timestamp
    ) {
        self.lastTime = time
        // A client may never say STARTTLS; the upstream leg always becomes what it was asked to be.
        let isPending =
            leg == .client
            ? self.upstreamTLS == nil && self.description.upstreamLeg != "cleartext"
            : self.clientTLS == nil && self.description.clientLeg == "TLS"
        self.observer.event(
            .tls(
                TLSChange(
                    leg: leg,
                    start: start,
                    outcome: outcome,
                    client: self.clientTLS,
                    upstream: self.upstreamTLS,
                    otherIsPending: isPending,
                    clientOffset: self.octets(.client),
                    serverOffset: self.octets(.server),
                    time: time
                )
            )
        )
    }

    /// imapscope's own answer to the command of `exchange`, which the server never sees, stands here in its stream.
    ///
    /// The exchange is named because a server may complete, or the client use, the same tag meanwhile.
    public mutating func receiveAnswer(_ line: RawSpan, to exchange: Int, at time: Timestamp) {
        self.answering = exchange
        self.receive(line, from: .server, at: time)
        self.answering = 0
        if self.ownSTARTTLS == exchange { self.ownSTARTTLS = 0 }
        // The server never sent it: what it does send keeps its offsets.
        self.server.discount(octets: UInt64(line.byteCount))
    }

    /// Whether a STARTTLS that is sent now is imapscope's to answer: only then is it allowed (RFC 9051 section 6.2.1).
    public var answersSTARTTLS: Bool {
        self.options.answersSTARTTLS && (self.state == .greeting || self.state == .notAuthenticated)
    }

    /// Whether a line of imapscope's own can stand here in the server's stream.
    public var isBetweenServerMessages: Bool { !self.isOpaque && !self.server.isInsideMessage }

    /// The list in force is another one than the last that stood in the stream.
    public mutating func replaceCapabilities(with list: CapabilityList) {
        self.capabilities = list
    }

    /// Commands sent and not completed, beside `exchange`.
    public func hasCommandsInProgress(beside exchange: Int) -> Bool {
        self.running.contains { $0.number != exchange }
    }

    /// Whether a command in progress has `tag`.
    public func isInProgress(tag: String) -> Bool { self.running.contains { $0.tag == tag } }

    /// Octets still missing from the literal that is being read in `direction`; 0 outside a literal, and while the
    /// server has not said whether it wants it.
    public func literalRemaining(_ direction: Direction) -> UInt64 {
        (direction == .client ? self.client.literalRemaining : self.server.literalRemaining) ?? 0
    }

    /// The OK of imapscope to the client's STARTTLS: the next octet of the client's stream is the first under TLS.
    ///
    /// RFC 9051 section 6.2.1 leaves two ways with octets that came behind the command: TLS records belong to the
    /// handshake and never were part of the cleartext stream, all else is thrown away.
    mutating func clientTLSBegins(_ message: inout Message) {
        self.capabilities = CapabilityList()
        let held = self.held.takeAll()
        let count = held.count + self.discarded
        self.discarded = 0
        guard count > 0 else { return }
        if held.first.map(Self.beginsTLS) == true {
            message.findings.append(.handshakeBeforeOK(count, at: self.client.offset))
        } else {
            message.findings.append(.octetsThrownAway(count, at: self.client.offset))
            self.client.skip(octets: UInt64(held.count))
        }
    }

    /// A record of a TLS handshake (RFC 8446 section 5.1); no IMAP line begins so.
    public static func beginsTLS(_ octet: UInt8) -> Bool { octet == 0x16 }
}
