/// How the connection between the mail client and imapscope is carried.
public enum ClientLeg: Sendable, Hashable {
    /// Cleartext for good. Over a cleartext upstream leg a STARTTLS is the server's business, and ends what can be read.
    case cleartext
    /// Cleartext at first; imapscope itself deals with STARTTLS.
    case starttls(STARTTLSOffer)
    /// TLS from the first octet.
    case tls

    /// What a session's description says.
    public var name: String { self == .tls ? "TLS" : "cleartext" }
}

/// What a cleartext client leg is told about STARTTLS: the values of `--starttls`.
public enum STARTTLSOffer: String, Sendable, Hashable, CaseIterable {
    case offered
    /// No login before TLS.
    case required
    case never
}

/// How the connection between imapscope and the server is carried.
public enum UpstreamLeg: Sendable, Hashable {
    case cleartext
    /// TLS by STARTTLS or not at all.
    case starttls
    /// TLS from the first octet.
    case tls

    /// What a session's description says.
    public var name: String {
        switch self {
        case .cleartext: "cleartext"
        case .starttls: "STARTTLS"
        case .tls: "TLS"
        }
    }
}
