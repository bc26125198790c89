public import Traffic

/// What a TLS server shows and signs with.
public struct ServerIdentity: Sendable {
    /// The server's certificate first, then those that issued it.
    public let chain: [Certificate]
    /// The chain as PEM blocks.
    public let chainPEM: [UInt8]
    /// The key of the first certificate, PKCS #8 in PEM.
    public let keyPEM: Secret
    /// How many names of the upstream certificate a minted certificate lacks.
    public let omittedNames: Int

    init(chain: [Certificate], keyPEM: Secret, omittedNames: Int = 0) {
        self.chain = chain
        self.chainPEM = chain.flatMap(\.pem)
        self.keyPEM = keyPEM
        self.omittedNames = omittedNames
    }

    public var certificate: Certificate { self.chain[0] }

    /// An identity of the user's own. It is nil when the chain is empty or the key belongs to another certificate.
    public init?(chain: [Certificate], key: PrivateKey) throws(CryptographyError) {
        guard let leaf = chain.first, key.matches(leaf) else { return nil }
        self.init(chain: chain, keyPEM: try key.pem())
    }
}

/// Why clients will refuse a server's certificate, as far as it can be told without their trust store.
public enum ServerCertificateDefect: Sendable, Hashable {
    case expired(notAfter: Timestamp)
    case notYetValid(notBefore: Timestamp)
    /// Nobody but itself vouches for it.
    case selfSigned
    /// It belongs to an authority, not to a server.
    case authority
    /// It is not for `host`.
    case wrongName(host: String)

    /// Whether time alone makes or heals it.
    public var isOfTime: Bool {
        switch self {
        case .expired, .notYetValid: true
        case .selfSigned, .authority, .wrongName: false
        }
    }

    /// All defects of `certificate` for a server that clients call one of `hosts`; no name is checked when there is none.
    public static func all(of certificate: Certificate, hosts: [String], now: Timestamp) -> [ServerCertificateDefect] {
        var defects: [ServerCertificateDefect] = []
        if now > certificate.notAfter { defects.append(.expired(notAfter: certificate.notAfter)) }
        if now < certificate.notBefore { defects.append(.notYetValid(notBefore: certificate.notBefore)) }
        // A self-signed certificate made by `openssl req -x509` calls itself an authority, too.
        if certificate.isSelfSigned {
            defects.append(.selfSigned)
        } else if certificate.isCA {
            defects.append(.authority)
        }
        if let host = hosts.first, !hosts.contains(where: certificate.covers(host:)) {
            defects.append(.wrongName(host: host))
        }
        return defects
    }
}
