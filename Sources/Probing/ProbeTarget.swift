import IMAPProtocol

/// The server that is tested, as far as tests choose their way by it.
public struct ProbeTarget: Sendable, Hashable {
    public enum Security: Sendable, Hashable {
        /// Cleartext first; STARTTLS leads to TLS.
        case starttls
        /// TLS from the first octet (RFC 8314 section 3).
        case implicit
    }

    public var security: Security
    /// Whether a user was given.
    public var hasUser: Bool
    /// Whether the user's password was given.
    public var hasPassword: Bool
    /// Whether the password may go to a server whose certificate does not verify.
    public var trustsAnyCertificate: Bool

    public init(
        _ security: Security,
        hasUser: Bool = false,
        hasPassword: Bool = false,
        trustsAnyCertificate: Bool = false
    ) {
        self.security = security
        self.hasUser = hasUser
        self.hasPassword = hasPassword
        self.trustsAnyCertificate = trustsAnyCertificate
    }
}

extension ProbeTarget {
    /// A connection in cleartext and its greeting, where the server has that.
    func inCleartext(_ then: @escaping @Sendable (ProbeAnswer) -> ProbeStep) -> ProbeStep {
        guard self.security == .starttls else {
            return .notCheckable("an imaps:// server has nothing but TLS; give imap://host:port for its cleartext port")
        }
        return .open(nil) { opening in Self.greeted(opening, then) }
    }

    /// Until the handshake is over, one way or the other.
    func handshake(_ offer: TLSOffer, _ then: @escaping @Sendable (HandshakeOutcome) -> ProbeStep) -> ProbeStep {
        if self.security == .implicit {
            return .open(offer) { opening in
                if let tls = opening.tls { return then(tls) }
                return .notCheckable(opening.failure ?? "there is no connection")
            }
        }
        return self.inCleartext { _ in
            .command("S1 STARTTLS") { answer in
                guard answer.isOK else { return .notCheckable("STARTTLS was answered by \(answer.shown)") }
                return .handshake(offer) { outcome, _ in then(outcome) }
            }
        }
    }

    /// A connection under TLS, from the first octet or by STARTTLS. The greeting of implicit TLS comes along.
    func underTLS(_ then: @escaping @Sendable (ProbeTLS, ProbeAnswer?) -> ProbeStep) -> ProbeStep {
        if self.security == .implicit {
            return .open(.any) { opening in
                Self.established(opening.tls ?? .refused(opening.failure ?? "there is no connection")) { tls in
                    Self.greeted(opening) { greeting in then(tls, greeting) }
                }
            }
        }
        return self.handshake(.any) { outcome in Self.established(outcome) { tls in then(tls, nil) } }
    }

    static func established(
        _ outcome: HandshakeOutcome,
        _ then: @escaping @Sendable (ProbeTLS) -> ProbeStep
    ) -> ProbeStep {
        switch outcome {
        case .established(let tls): then(tls)
        case .refused(let reason), .notOffered(let reason): .notCheckable("there is no TLS: \(reason)")
        }
    }

    private static func greeted(
        _ opening: ProbeOpening,
        _ then: @Sendable (ProbeAnswer) -> ProbeStep
    ) -> ProbeStep {
        if let failure = opening.failure { return .notCheckable(failure) }
        let greeting = opening.greeting
        guard let line = greeting.final else {
            return .notCheckable("there was no greeting: \(greeting.shown)")
        }
        guard line.kind == .untagged, let status = line.status, status == .ok || status == .preauth else {
            return .notCheckable("the greeting is none: “\(line.shown)”")
        }
        return then(greeting)
    }
}
