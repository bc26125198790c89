/// Why no TLS came about on a leg.
public struct TLSHandshakeFailure: Error, Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        /// The peer sent an alert.
        case refusedByPeer = "refused by the peer"
        /// imapscope could not go on: no common version or suite, a damaged message.
        case refusedByImapscope = "refused by imapscope"
        /// The certificate of the peer does not verify.
        case certificate
        /// The peer's first octets are no TLS record.
        case notTLS = "not TLS"
        case timedOut = "timed out"
        /// The peer closed the connection inside the handshake.
        case closed
        /// imapscope has no certificate to show, or its settings do not fit together.
        case configuration
    }

    public var kind: Kind
    /// The alert by its name in RFC 8446 section 6: `unknown_ca`.
    public var alert: String?
    /// For people; may hold words from the wire.
    public var reason: String
    /// The server name that the client asked for, if it came that far.
    public var serverName: String?
    /// The certificate that is refused.
    public var certificate: CertificateFacts?

    public init(
        _ kind: Kind,
        alert: String? = nil,
        reason: String,
        serverName: String? = nil,
        certificate: CertificateFacts? = nil
    ) {
        self.kind = kind
        self.alert = alert
        self.reason = reason
        self.serverName = serverName
        self.certificate = certificate
    }

    /// Whether the peer said that it does not accept the certificate it was shown (RFC 8446 section 6.2).
    public var isDistrust: Bool {
        guard self.kind == .refusedByPeer, let alert = self.alert else { return false }
        return ["unknown_ca", "bad_certificate", "certificate_unknown", "unsupported_certificate"]
            .contains(alert)
    }
}
