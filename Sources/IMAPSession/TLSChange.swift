public import Traffic

/// TLS that ends at imapscope began on one leg, or failed to. The session's streams stay IMAP.
public struct TLSChange: Sendable, Hashable {
    public enum Start: String, Sendable, Hashable {
        /// TLS from the first octet (RFC 8314 section 3).
        case implicit
        case starttls = "STARTTLS"
    }

    public enum Outcome: Sendable, Hashable {
        case established(TLSFacts)
        case failed(TLSHandshakeFailure)
        /// The peer's stream ended without close_notify (RFC 8446 section 6.1).
        case truncated
        /// The peer asked for renegotiation and was refused; the connection goes on.
        case renegotiationRefused
        /// An established connection cannot go on.
        case broken(TLSHandshakeFailure)
    }

    public var leg: Leg
    public var start: Start
    public var outcome: Outcome
    /// The TLS of both legs from here on; nil for cleartext.
    public var client: TLSFacts?
    public var upstream: TLSFacts?
    /// Whether the other leg will be TLS and is not yet.
    public var otherIsPending: Bool
    /// Offset of the next octet of each stream.
    public var clientOffset: UInt64
    public var serverOffset: UInt64
    public var time: Timestamp

    public init(
        leg: Leg,
        start: Start,
        outcome: Outcome,
        client: TLSFacts?,
        upstream: TLSFacts?,
        otherIsPending: Bool = false,
        clientOffset: UInt64,
        serverOffset: UInt64,
        time: Timestamp
    ) {
        self.leg = leg
        self.start = start
        self.outcome = outcome
        self.client = client
        self.upstream = upstream
        self.otherIsPending = otherIsPending
        self.clientOffset = clientOffset
        self.serverOffset = serverOffset
        self.time = time
    }

    /// One sentence for people.
    public var sentence: String {
        let name = self.leg == .client ? "client leg" : "upstream leg"
        let how = self.start == .starttls ? " by STARTTLS" : ""
        switch self.outcome {
        case .established(let facts):
            var words = [facts.version, facts.cipher]
            if let group = facts.group { words.append(group) }
            if let serverName = facts.serverName { words.append("name \(serverName)") }
            if let name = facts.applicationProtocol { words.append("ALPN \(name)") }
            if facts.isResumed { words.append("resumed") }
            if let certificate = facts.certificate { words.append("certificate \(certificate.subject)") }
            if let shown = facts.clientCertificate { words.append("client certificate \(shown.subject)") }
            if self.leg == .upstream {
                words.append(facts.verification.text + (facts.problem.map { " (\($0))" } ?? ""))
            }
            if let isDecrypted = facts.isDecrypted {
                return "TLS\(how): \(words.joined(separator: ", ")), \(isDecrypted ? "decrypted" : "not decrypted")"
            }
            let other = self.leg == .client ? self.upstream : self.client
            let otherName = self.leg == .client ? "upstream leg" : "client leg"
            return "TLS begins on the \(name)\(how): \(words.joined(separator: ", ")); "
                + "\(otherName) \(other?.version ?? (self.otherIsPending ? "not TLS yet" : "cleartext"))"
        case .failed(let failure):
            let alert = failure.alert.map { " (\($0))" } ?? ""
            return "no TLS on the \(name)\(how), \(failure.kind.rawValue)\(alert): \(failure.reason)"
        case .truncated: return "TLS of the \(name) ends without close_notify"
        case .renegotiationRefused: return "renegotiation on the \(name) refused"
        case .broken(let failure):
            let alert = failure.alert.map { " (\($0))" } ?? ""
            return "TLS of the \(name) breaks, \(failure.kind.rawValue)\(alert): \(failure.reason)"
        }
    }
}
