import IMAPSession
import Traffic

// MARK: - TLS of the upstream leg

extension ProxyConnection {
    var upstreamStart: TLSChange.Start { self.options.upstream == .starttls ? .starttls : .implicit }

    /// The upstream connection is open, and its leg has to be TLS.
    mutating func secureUpstream(_ perform: (ProxyAction) -> Void) {
        self.phase = .securing
        perform(.startTimer(.upstreamTLS, seconds: self.options.handshakeTimeout))
        if self.options.upstream == .starttls {
            self.negotiation = UpstreamNegotiation(limit: self.options.heldOctets)
            self.setPause(.notConnected, .server, false, perform)
        } else {
            if self.handshakeFails(.upstream, perform) { return }
            perform(.upgradeTLS(.upstream, alreadyRead: []))
        }
    }

    mutating func upstreamEstablished(
        _ facts: TLSFacts,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard self.phase == .securing else { return }
        if case .failed(let reason) = facts.verification {
            let failure = TLSHandshakeFailure(
                .certificate,
                reason: reason,
                certificate: facts.certificate
            )
            return self.tlsFailed(.upstream, failure, at: time, perform: perform)
        }
        self.session.tlsEstablished(.upstream, facts, start: self.upstreamStart, at: time)
        if facts.verification == .skipped { self.session.report(Self.notVerified(facts.problem), at: time) }
        if self.negotiation == nil {
            self.upstreamReady(at: time, perform)
        } else {
            self.negotiate(at: time, perform) { $0.tlsEstablished() }
        }
    }

    /// - Parameter problem: what verification would have refused.
    private static func notVerified(_ problem: String?) -> Finding {
        Finding(
            id: "upstream-certificate-not-verified",
            severity: .medium,
            blame: .configuration,
            direction: .server,
            offset: 0,
            text:
                "the server's certificate was not verified, as the settings ask: whoever is on the way can read along"
                + (problem.map { "; it would have been refused: \($0)" } ?? ""),
            reference: "RFC 9525 section 6",
            leg: .upstream
        )
    }

    /// Lets the negotiation take an input and carries out what it wants.
    mutating func negotiate(
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void,
        _ input: (inout UpstreamNegotiation) -> [UpstreamNegotiation.Step]
    ) {
        guard var negotiation = self.negotiation else { return }
        let steps = input(&negotiation)
        self.negotiation = negotiation
        for step in steps where self.phase == .securing {
            switch step {
            case .send(let command):
                let line = Self.status(command)
                self.tell("", line.text, .client, at: time)
                perform(.inject(.client, line.octets))
            case .hide(let line):
                self.tell(line, "", .server, at: time)
            case .ignore(let line):
                self.session.report(Self.ignored(line), at: time)
            case .beginTLS:
                if self.handshakeFails(.upstream, perform) { return }
                perform(.upgradeTLS(.upstream, alreadyRead: []))
            case .refuse(let refusal):
                perform(.cancelTimer(.upstreamTLS))
                self.refuse(refusal, at: time, perform)
            case .finished:
                self.upstreamReady(at: time, perform)
            }
        }
    }

    /// What imapscope and the server say to each other alone: shown, though the client never sees it.
    private func tell(_ before: String, _ after: String, _ direction: Direction, at time: Timestamp) {
        self.observer.event(
            .edit(
                Edit(
                    direction: direction,
                    offset: self.session.octets(direction),
                    cause: "STARTTLS on the upstream leg",
                    before: before,
                    after: after,
                    time: time
                )
            )
        )
    }

    private static func ignored(_ line: String) -> Finding {
        Finding(
            id: "upstream-untagged-before-tls",
            severity: .high,
            blame: .server,
            direction: .server,
            offset: 0,
            text: "said before TLS, where anybody on the way can say it, and not passed on: \(line)",
            reference: "RFC 9051 section 11.3",
            leg: .upstream
        )
    }

    /// The upstream leg is what it was asked to be: the client comes in.
    private mutating func upstreamReady(at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        perform(.cancelTimer(.upstreamTLS))
        self.phase = .relaying
        self.awaitLogin(perform)
        self.updateHandshakePause(perform)
        if let negotiation = self.negotiation {
            self.negotiation = nil
            self.edits?.securedGreeting = SecuredGreeting(list: negotiation.list)
            self.waiting.greeting = negotiation.greeting
            self.waiting.capabilities = negotiation.list.map {
                CapabilityList($0.span.bytes, 0..<$0.count)
            }
            self.waiting.server.append(negotiation.rest)
        }
        self.releaseWaiting(at: time, perform)
        guard self.phase != .ended else { return }
        self.setPause(.notConnected, .server, false, perform)
        self.setPause(.notConnected, .client, false, perform)
    }
}
