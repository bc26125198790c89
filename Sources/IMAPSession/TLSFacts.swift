public import Traffic

/// What two peers agreed on in a TLS handshake that ended at imapscope. Words in it come from the wire, not escaped.
public struct TLSFacts: Sendable, Hashable {
    /// `TLS 1.3`
    public var version: String
    /// The cipher suite by its IANA name.
    public var cipher: String
    /// The group of the key exchange: `x25519`. Nil where the suite has none.
    public var group: String?
    /// The protocol of ALPN (RFC 7301), `imap` by registration.
    public var applicationProtocol: String?
    /// The server name that the client of this leg asked for (RFC 6066 section 3).
    public var serverName: String?
    public var isResumed: Bool
    /// The certificate that the server of this leg showed.
    public var certificate: CertificateFacts?
    /// The certificate that the client of this leg showed, on the client leg.
    public var clientCertificate: CertificateFacts?
    public var verification: CertificateVerification
    /// What is wrong with a certificate that is accepted all the same.
    public var problem: String?
    /// In captures: whether what it carried could be read; nil where TLS ends at imapscope.
    public var isDecrypted: Bool?
    /// In captures: what the client offered.
    public var offer: TLSOffer?
    /// In captures: the certificates behind the server's own.
    public var chain: [CertificateFacts] = []
    /// What mechanisms with channel binding are bound to, as far as it is known.
    public var bindings: ChannelBindingValues?
    /// In captures, where the server's hello was seen.
    public var protections: TLSProtections?

    public init(
        version: String,
        cipher: String,
        group: String? = nil,
        applicationProtocol: String? = nil,
        serverName: String? = nil,
        isResumed: Bool = false,
        certificate: CertificateFacts? = nil,
        clientCertificate: CertificateFacts? = nil,
        verification: CertificateVerification,
        problem: String? = nil
    ) {
        self.version = version
        self.cipher = cipher
        self.group = group
        self.applicationProtocol = applicationProtocol
        self.serverName = serverName
        self.isResumed = isResumed
        self.certificate = certificate
        self.clientCertificate = clientCertificate
        self.verification = verification
        self.problem = problem
    }
}

/// What a ClientHello offered, in its order.
public struct TLSOffer: Sendable, Hashable {
    public var versions: [String]
    public var ciphers: [String]
    public var protocols: [String]

    public init(versions: [String], ciphers: [String], protocols: [String]) {
        self.versions = versions
        self.ciphers = ciphers
        self.protocols = protocols
    }
}

/// A certificate as far as people ask about it.
public struct CertificateFacts: Sendable, Hashable {
    public var subject: String
    public var issuer: String
    /// The DNS names and addresses it is for.
    public var names: [String]
    public var notBefore: Timestamp
    public var notAfter: Timestamp
    /// SHA-256 of the whole certificate, in hexadecimal digits.
    public var fingerprint: String?
    /// `RSA, 2048 bits`; nil where nobody asked.
    public var key: String?
    /// Its hash for tls-server-end-point (RFC 5929 section 4.1); nil where none is defined or nobody asked.
    public var endPointHash: [UInt8]?
    /// How its issuer signed it.
    public var signature: String?

    public init(
        subject: String,
        issuer: String,
        names: [String],
        notBefore: Timestamp,
        notAfter: Timestamp,
        fingerprint: String? = nil
    ) {
        self.subject = subject
        self.issuer = issuer
        self.names = names
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.fingerprint = fingerprint
    }
}

/// Whether somebody checked the certificate of a leg's server.
public enum CertificateVerification: Sendable, Hashable {
    case verified
    /// The user chose not to check it.
    case skipped
    /// It was checked and is wrong.
    case failed(reason: String)
    /// The peer's own business: on the client leg imapscope shows the certificate.
    case byPeer

    public var text: String {
        switch self {
        case .verified: "verified"
        case .skipped: "not verified"
        case .failed(let reason): "wrong: \(reason)"
        case .byPeer: "checked by the client"
        }
    }
}
