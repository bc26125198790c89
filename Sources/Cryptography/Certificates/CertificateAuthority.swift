import COpenSSL
public import Traffic

/// imapscope's own certificate authority: what a user lets a mail client trust, so that the client talks to the proxy.
///
/// Its key is RSA 2048. Every client that speaks TLS can check such a signature, printers and scanners with mail
/// functions among them; clients without elliptic curves are what people debug. Its strength, 112 bits, is what
/// OpenSSL's security level 2 and the mail systems of Apple and Google ask for, and the authority is trusted on the
/// machines of one person only.
public struct CertificateAuthority: Sendable {
    /// Why a certificate and a key do not make an authority.
    public enum Defect: Error, Sendable, Hashable {
        case keyMismatch
        /// basicConstraints or keyUsage do not let it sign certificates.
        case notAnAuthority
        case expired(notAfter: Timestamp)
        case notYetValid(notBefore: Timestamp)
    }

    public let certificate: Certificate
    let key: PrivateKey

    /// Ten years, as mitmproxy's.
    static let days: Int64 = 3650
    /// Clocks of clients and of virtual machines go wrong by hours and time zones.
    static let backdatedDays: Int64 = 2
    /// Apple and Chromium refuse certificates of more than 200 days.
    static let leafDays: Int64 = 199

    /// An authority from its stored certificate and key.
    public init(certificate: Certificate, key: PrivateKey, now: Timestamp) throws(Defect) {
        guard key.matches(certificate) else { throw .keyMismatch }
        guard certificate.isCA, certificate.maySignCertificates else { throw .notAnAuthority }
        guard now <= certificate.notAfter else { throw .expired(notAfter: certificate.notAfter) }
        guard now >= certificate.notBefore else { throw .notYetValid(notBefore: certificate.notBefore) }
        self.certificate = certificate
        self.key = key
    }

    private init(made certificate: Certificate, key: PrivateKey) {
        self.certificate = certificate
        self.key = key
    }

    /// Makes a new authority.
    ///
    /// Its name ends with the beginning of its key's hash: clients look an issuer up by name, and two machines'
    /// authorities of the same name would be taken for each other.
    public static func create(now: Timestamp) throws(CryptographyError) -> CertificateAuthority {
        let key = try PrivateKey.generate(.rsa2048)
        let suffix = Hexadecimal.string(Array(try key.publicKeyHash()[..<4]))
        let notBefore = Self.backdated(now)
        let builder = try CertificateBuilder()
        try builder.describe(
            subject: [(NID_organizationName, "imapscope"), (NID_commonName, "imapscope CA \(suffix)")],
            key: key,
            notBefore: notBefore,
            notAfter: Self.adding(days: Self.days, to: notBefore)
        )
        try builder.setSerial(try Self.randomSerial())
        try builder.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        try builder.add(NID_key_usage, "critical,keyCertSign,cRLSign")
        // A stolen key shall not sign programs or people's mail.
        try builder.add(NID_ext_key_usage, "serverAuth")
        try builder.add(NID_subject_key_identifier, "hash")
        return CertificateAuthority(made: try builder.signItself(with: key), key: key)
    }

    /// The key as it is stored: PKCS #8 in PEM, not encrypted.
    public func keyPEM() throws(CryptographyError) -> Secret {
        try self.key.pem()
    }

    /// Makes a server's certificate for `names` and `key`; nil when there is no name that it could be for.
    public func mint(
        _ names: LeafNames,
        key: PrivateKey,
        now: Timestamp
    ) throws(CryptographyError) -> Certificate? {
        guard !names.entries.isEmpty else { return nil }
        let issuer: X509Handle
        do {
            issuer = try X509Handle(der: self.certificate.der, index: 1)
        } catch {
            throw CryptographyError(operation: "reading the authority's certificate")
        }
        let notBefore = Self.backdated(now)
        var subject: [(nid: Int32, text: String)] = [(NID_organizationName, "imapscope")]
        if let name = names.commonName { subject.append((NID_commonName, name)) }
        let builder = try CertificateBuilder()
        try builder.describe(
            subject: subject,
            key: key,
            notBefore: notBefore,
            notAfter: min(Self.adding(days: Self.leafDays, to: notBefore), self.certificate.notAfter)
        )
        try builder.setSerial(try Self.randomSerial())
        try builder.add(NID_basic_constraints, "critical,CA:FALSE")
        // Key encipherment is for RSA key exchange (RFC 5246 section 7.4.2); an EC key cannot do it.
        if key.type == "RSA" {
            try builder.add(NID_key_usage, "critical,digitalSignature,keyEncipherment")
        } else {
            try builder.add(NID_key_usage, "critical,digitalSignature")
        }
        try builder.add(NID_ext_key_usage, "serverAuth")
        try builder.add(NID_subject_key_identifier, "hash")
        try builder.add(NID_authority_key_identifier, "keyid:always", issuer: issuer)
        try builder.add(names.entries)
        return try builder.sign(with: self.key, issuer: issuer)
    }

    private static func backdated(_ now: Timestamp) -> Timestamp {
        Self.adding(days: -Self.backdatedDays, to: now)
    }

    private static func adding(days: Int64, to time: Timestamp) -> Timestamp {
        Timestamp(seconds: CertificateTime.seconds(time) + days * CertificateTime.day)
    }

    /// 128 random bits, so that no client ever sees one issuer and serial with two contents.
    private static func randomSerial() throws(CryptographyError) -> [UInt8] {
        var octets = try RandomBytes.generate(count: 16)
        // Zero is no serial number, and a leading zero would shorten it.
        while octets[0] == 0 { octets = try RandomBytes.generate(count: 16) }
        return octets
    }
}
