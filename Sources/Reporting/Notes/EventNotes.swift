import IMAPProtocol
import IMAPSession
import SASL
import Traffic

/// Sentences about what happens in a session beside its messages, none escaped yet.
enum EventNotes {
    /// What an authentication or a change of state adds to the note of the message that caused it.
    static func parts(_ event: SessionEvent) -> [String] {
        switch event {
        case .authentication(let outcome):
            [self.authentication(outcome)] + (outcome.verdict.map { [self.verdict($0)] } ?? [])
                + (outcome.serverVerdict.flatMap(self.serverVerdict).map { [$0] } ?? [])
        case .stateChanged(let from, let to, let mailbox, _):
            // Logging in is told by the authentication.
            self.state(from: from, to: to, mailbox: mailbox).map { [$0] } ?? []
        default:
            []
        }
    }

    private static func authentication(_ outcome: AuthenticationOutcome) -> String {
        let user = outcome.user ?? "an unknown user"
        let identity = outcome.authorizationIdentity.flatMap { $0.isEmpty || $0 == outcome.user ? nil : $0 }
        let acting = identity.map { " acting as \($0)" } ?? ""
        let method = outcome.mechanism == "LOGIN command" ? "the LOGIN command" : outcome.mechanism
        if outcome.cancelled { return "authentication of \(user)\(acting) with \(method) cancelled by the client" }
        switch outcome.status {
        case .ok: return "authenticated as \(user)\(acting) with \(method)"
        case .some(let status): return "authentication of \(user)\(acting) with \(method) failed (\(status.name))"
        case nil: return "authentication of \(user)\(acting) with \(method) was not finished"
        }
    }

    private static func verdict(_ verdict: Verdict) -> String {
        switch verdict {
        case .verified: "verified with the given password"
        case .wrong(let reason): "WRONG: \(reason)"
        case .notCheckable(let reason): "not checkable: \(reason)"
        }
    }

    /// What the server proved of itself. Nil where nothing can be said of it that the client's verdict does not say.
    private static func serverVerdict(_ verdict: Verdict) -> String? {
        switch verdict {
        case .verified: "the server proved to know the password"
        case .wrong(let reason): "SERVER WRONG: \(reason)"
        case .notCheckable: nil
        }
    }

    /// Nil for what goes without saying.
    private static func state(from: SessionState, to: SessionState, mailbox: String?) -> String? {
        switch (from, to) {
        case (_, .selected): "\(mailbox ?? "mailbox") selected"
        case (.selected, .authenticated): "mailbox closed"
        case (.greeting, .authenticated): "authenticated before the greeting (PREAUTH)"
        case (_, .notAuthenticated) where from != .greeting: "no longer authenticated"
        case (_, .logout): "session ends"
        default: nil
        }
    }

    /// What a handshake settled, with what people ask about the server's certificate.
    static func tls(_ change: TLSChange) -> String {
        let certificate =
            switch change.outcome {
            case .established(let facts): facts.certificate
            case .failed(let failure), .broken(let failure): failure.certificate
            case .truncated, .renegotiationRefused: nil as CertificateFacts?
            }
        guard let certificate else { return change.sentence }
        return "\(change.sentence); certificate of \(certificate.issuer), for \(self.names(certificate.names)), valid "
            + "\(TerminalText.day(certificate.notBefore)) to \(TerminalText.day(certificate.notAfter))"
    }

    /// Large hosters have hundreds.
    private static func names(_ names: [String]) -> String {
        let limit = 4
        guard var text = names.first else { return "no name" }
        for name in names.dropFirst().prefix(limit - 1) {
            text += ", "
            text += name
        }
        if names.count > limit { text += " and \(names.count - limit) more" }
        return text
    }

    static func transport(_ change: TransportChange) -> String {
        let offsets = "from client octet \(change.clientOffset) and server octet \(change.serverOffset) on"
        return switch change.layer {
        case .tls: "TLS begins, \(offsets)"
        case .deflate: "DEFLATE compression begins, \(offsets); \(self.handling(change.handling))"
        case .saslLayer: "a SASL security layer begins, \(offsets)"
        case .unexpectedTLS: "TLS began on a cleartext port without STARTTLS, \(offsets)"
        case .desynchronised: "octets that cannot be attributed, \(offsets): desynchronised"
        }
    }

    private static func handling(_ handling: TransportChange.Handling?) -> String {
        switch handling {
        case .relayed: "the compressed octets are relayed as they come, a copy is inflated and shown"
        case .terminated: "it ends here on both legs: inflated, shown and edited, deflated again"
        case .inflated: "inflated and shown"
        case .unread, nil: "it cannot be read"
        }
    }

    /// How much smaller each stream was; nil when nothing was compressed.
    static func compression(_ totals: CompressionTotals) -> String? {
        let parts = Direction.allCases.compactMap { direction -> String? in
            let stream = totals[direction]
            guard stream.compressed > 0 else { return nil }
            return String(rendering: { writer in
                writer.append(direction == .client ? "↑ " : "↓ ")
                writer.append(octets: stream.inflated)
                writer.append(" as ")
                writer.append(octets: stream.compressed)
                writer.append(" (")
                writer.append(ratio: stream)
                writer.append(":1)")
            })
        }
        return parts.isEmpty ? nil : "DEFLATE · " + parts.joined(separator: "  ")
    }

    static func gap(_ direction: Direction, _ octets: UInt64) -> String {
        "\(String(rendering: { $0.append(octets: octets) })) of the \(direction.name) are not in the capture"
    }

    static func closing(_ direction: Direction, _ closing: Closing, missing: UInt64) -> String {
        let tail = missing == 0 ? "" : "; \(String(rendering: { $0.append(octets: missing) })) of a literal missing"
        return switch closing {
        case .closed: "\(direction.name) closed\(tail)"
        case .reset: "\(direction.name) reset the connection\(tail)"
        case .interrupted: "interrupted, the \(direction.name)'s stream ends here\(tail)"
        }
    }
}
