public import IMAPSession
import RuleEngine
public import Traffic

// MARK: - TLS of either leg

extension ProxyConnection {
    /// The handshake that ``ProxyAction/upgradeTLS(_:alreadyRead:)`` asked for is over.
    ///
    /// The shell calls this before it hands in what came under TLS, and only when it is content with the certificate, or
    /// was told not to look at it.
    public mutating func tlsEstablished(
        _ leg: Leg,
        _ facts: TLSFacts,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        switch leg {
        case .client: self.clientEstablished(facts, at: time, perform)
        case .upstream: self.upstreamEstablished(facts, at: time, perform)
        }
    }

    /// The handshake that ``ProxyAction/upgradeTLS(_:alreadyRead:)`` asked for came to nothing.
    public mutating func tlsFailed(
        _ leg: Leg,
        _ failure: TLSHandshakeFailure,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        switch leg {
        case .client:
            guard case .handshaking(let start) = self.clientTLS else { return }
            perform(.cancelTimer(.clientTLS))
            self.session.tlsFailed(.client, failure, start: start, at: time)
            let refusal = Refusal.clientTLS(failure, self.options)
            self.session.report(refusal.finding(at: self.session.octets(.client)), at: time)
            // Nothing can be said to a client that has no TLS where it wanted it.
            self.end(.close, at: time, perform)
        case .upstream:
            guard self.phase == .securing else { return }
            perform(.cancelTimer(.upstreamTLS))
            self.session.tlsFailed(.upstream, failure, start: self.upstreamStart, at: time)
            self.refuse(.upstreamTLS(failure, start: self.upstreamStart), at: time, perform)
        }
    }

    /// Something happened to the TLS of a leg after its handshake.
    ///
    /// In TLS 1.3 the handshake is over for a client before its certificate was looked at (RFC 8446 section 4.4.2): a
    /// server that refuses it does so here, and whoever waits for a greeting is told.
    public mutating func tlsNoticed(
        _ leg: Leg,
        _ notice: TLSNotice,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        if notice == .truncated { self.truncatedLeg = self.truncatedLeg ?? leg }
        // A peer to which a truncated stream is passed on may complain, as OpenSSL does with decode_error: not its fault.
        if case .broken = notice, let truncated = self.truncatedLeg, truncated != leg { return }
        self.session.tlsNoticed(leg, notice, at: time)
        guard leg == .upstream, case .broken(let failure) = notice else { return }
        guard self.phase == .securing || self.session.state == .greeting else { return }
        perform(.cancelTimer(.upstreamTLS))
        self.refuse(.upstreamTLS(failure, start: self.upstreamStart), at: time, perform)
    }

    mutating func handshakeTimedOut(
        _ kind: ProxyAction.TimerKind,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let seconds = self.options.handshakeTimeout
        if kind == .upstreamTLS {
            guard self.phase == .securing else { return }
            self.refuse(.upstreamTimeout(seconds), at: time, perform)
        } else {
            let failure = TLSHandshakeFailure(.timedOut, reason: "no handshake within \(seconds) s")
            self.tlsFailed(.client, failure, at: time, perform: perform)
        }
    }

    // MARK: - The client leg

    mutating func upgradeClient(
        _ start: TLSChange.Start,
        alreadyRead: [UInt8],
        _ perform: (ProxyAction) -> Void
    ) {
        self.clientTLS = .handshaking(start)
        self.edits?.clientLegIsTLS()
        self.updateHandshakePause(perform)
        if self.handshakeFails(.client, perform) { return }
        perform(.upgradeTLS(.client, alreadyRead: alreadyRead))
        perform(.startTimer(.clientTLS, seconds: self.options.handshakeTimeout))
    }

    /// Whether a rule keeps the handshake of a leg from beginning: then the connection ends, or nothing comes of it until
    /// its time is over.
    mutating func handshakeFails(_ leg: Leg, _ perform: (ProxyAction) -> Void) -> Bool {
        let asked: HandshakeFault.Leg = leg == .client ? .client : .upstream
        guard let fault = self.edits?.wire?.source.handshakeFault(asked) else { return false }
        let time = self.session.now
        let finding = Finding(
            id: "handshake-stopped-by-rule",
            severity: .info,
            blame: .imapscope,
            direction: leg == .client ? .client : .server,
            offset: self.session.octets(leg == .client ? .client : .server),
            text: "the rule \(fault.rule) stops the TLS handshake here: \(fault.by.rawValue)",
            reference: "imapscope: rules",
            leg: leg
        )
        self.session.report(finding, at: time)
        switch fault.by {
        case .close: self.end(.close, at: time, perform)
        case .stall where leg == .client:
            perform(.startTimer(.clientTLS, seconds: self.options.handshakeTimeout))
        case .stall: break
        }
        return true
    }

    /// The OK to the client's STARTTLS has been said.
    mutating func clientBeginsTLS(_ edits: EditStage, _ perform: (ProxyAction) -> Void) {
        let held = edits.flows.client.held.takeAll()
        let isTLS = held.first.map(Session.beginsTLS) ?? false
        // The session counted what was thrown away, and not what is TLS: both streams go on where it stands.
        edits.flows.client.restart(at: self.session.octets(.client))
        self.setPause(.answerPending, .client, false, perform)
        self.upgradeClient(.starttls, alreadyRead: isTLS ? held : [], perform)
    }

    private mutating func clientEstablished(
        _ facts: TLSFacts,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard case .handshaking(let start) = self.clientTLS else { return }
        perform(.cancelTimer(.clientTLS))
        self.clientTLS = .established
        self.session.tlsEstablished(.client, facts, start: start, at: time)
        if !facts.isResumed { self.silentSince = self.session.octets(.client) }
        if let farewell = self.farewell {
            perform(.inject(.server, farewell))
            self.end(.close, at: time, perform)
            return
        }
        self.updateHandshakePause(perform)
        self.releaseWaiting(at: time, perform)
    }

    /// The client ends its stream. One that has said nothing since its handshake may have looked at the certificate only
    /// then, as OpenSSL and GnuTLS let it: such clients leave without an alert.
    mutating func noteSilence(at time: Timestamp) {
        guard let offset = self.silentSince else { return }
        self.silentSince = nil
        guard self.session.octets(.client) == offset, self.waiting.client.isEmpty, !self.serverClosed,
            self.phase != .refused
        else { return }
        self.session.report(Refusal.silentClient(self.options).finding(at: offset), at: time)
    }

    /// The server is not heard while the client cannot be spoken to.
    mutating func updateHandshakePause(_ perform: (ProxyAction) -> Void) {
        var isHandshaking = false
        if case .handshaking = self.clientTLS { isHandshaking = true }
        self.setPause(.handshake, .server, isHandshaking && self.phase == .relaying, perform)
    }

    // MARK: - Octets before their time

    /// Whether octets of `direction` can be relayed at once.
    func isReadable(_ direction: Direction) -> Bool {
        if case .handshaking = self.clientTLS { return false }
        return self.options.upstream == .cleartext ? self.phase != .refused : self.phase == .relaying
    }

    /// Octets that come while a leg is becoming TLS.
    mutating func receivedEarly(
        _ bytes: RawSpan,
        from direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        var isHandshaking = false
        if case .handshaking = self.clientTLS { isHandshaking = true }
        switch (direction, self.phase) {
        case (.server, .securing) where self.negotiation != nil:
            perform(.replace(.server, 0..<bytes.byteCount, with: []))
            self.negotiate(at: time, perform) { $0.receive(bytes) }
        case (.server, .relaying):
            self.waiting.server.append(bytes)
            perform(.hold(.server, 0..<bytes.byteCount))
        case (.client, .connecting) where !isHandshaking, (.client, .securing) where !isHandshaking:
            let count = self.waiting.client.count + bytes.byteCount
            guard count <= self.options.heldOctets else {
                return self.refuse(.tooEarly(count, limit: self.options.heldOctets), at: time, perform)
            }
            self.waiting.client.append(bytes)
            perform(.hold(.client, 0..<bytes.byteCount))
        default:
            // Cleartext where TLS has to stand, or a leg that is over: never used.
            perform(.replace(direction, 0..<bytes.byteCount, with: []))
        }
    }

    /// The end of a stream while a leg is becoming TLS. Returns whether that is all there is to do.
    mutating func closedEarly(
        _ direction: Direction,
        _ how: Closing,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) -> Bool {
        if direction == .client, case .handshaking = self.clientTLS {
            let failure = TLSHandshakeFailure(.closed, reason: "no alert was sent")
            self.tlsFailed(.client, failure, at: time, perform: perform)
            return true
        }
        switch (direction, self.phase) {
        case (.server, .securing):
            self.refuse(.upstreamClosed, at: time, perform)
            return true
        case (.server, .refused): return true
        default: break
        }
        guard how == .closed, self.edits != nil, !self.isReadable(direction) else { return false }
        if direction == .client { self.waiting.clientEnd = true } else { self.waiting.serverEnd = true }
        return true
    }

    /// Reads what has waited, in the order in which it can have been meant: the server's first.
    mutating func releaseWaiting(at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        for direction in [Direction.server, .client] {
            guard let edits = self.edits, self.phase == .relaying, self.isReadable(direction) else {
                return
            }
            if direction == .server { self.releaseGreeting(edits, at: time, perform) }
            let octets =
                direction == .client ? self.waiting.client.takeAll() : self.waiting.server.takeAll()
            if !octets.isEmpty { self.replay(edits, octets, from: direction, at: time, perform) }
            let hasEnded = direction == .client ? self.waiting.clientEnd : self.waiting.serverEnd
            guard hasEnded, self.isReadable(direction), self.phase == .relaying else { continue }
            if direction == .client {
                self.waiting.clientEnd = false
            } else {
                self.waiting.serverEnd = false
            }
            self.closed(direction, .closed, at: time, perform: perform)
        }
    }

    private mutating func releaseGreeting(
        _ edits: EditStage,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let greeting = self.waiting.greeting
        guard !greeting.isEmpty else { return }
        self.waiting.greeting = []
        self.replay(edits, greeting, from: .server, at: time, perform)
        // Everything learnt before TLS is forgotten (RFC 9051 section 6.2.1).
        self.session.replaceCapabilities(with: self.waiting.capabilities ?? CapabilityList())
    }

    /// Reads octets that the shell has no chunk of any more.
    mutating func replay(
        _ edits: EditStage,
        _ octets: [UInt8],
        from direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        self.inspect(edits, octets.span.bytes, from: direction, at: time) { action in
            switch action {
            case .forward(let direction, let range):
                if !range.isEmpty { perform(.release(direction, Array(octets[range]))) }
            case .replace(let direction, _, let octets):
                if !octets.isEmpty { perform(.inject(direction, octets)) }
            case .hold: break
            default: perform(action)
            }
        }
    }
}
