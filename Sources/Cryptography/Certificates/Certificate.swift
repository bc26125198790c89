public import Traffic

/// An X.509 certificate (RFC 5280): its DER octets and what they say.
///
/// A value without any handle to OpenSSL, so that it crosses threads freely. Texts are the issuer's and may hold
/// anything: whoever shows them escapes them.
public struct Certificate: Sendable, Hashable {
    public let der: [UInt8]
    /// RFC 4514, the last relative name first: `CN=imapscope CA 1f2e3d4c,O=imapscope`.
    public let subject: String
    public let issuer: String
    /// The most specific commonName of the subject, if any.
    public let commonName: String?
    /// The names and addresses of the extension, in its order.
    public let subjectAltNames: [SubjectAltName]
    /// The magnitude, high octet first.
    public let serial: [UInt8]
    public let notBefore: Timestamp
    public let notAfter: Timestamp
    /// OpenSSL's name of the kind of key, such as `RSA`, `EC`, `ED25519`; nil when it does not know the kind.
    public let keyType: String?
    public let keyBits: Int
    /// OpenSSL's short name, such as `RSA-SHA256`.
    public let signatureAlgorithm: String
    /// SHA-256 over the DER octets.
    public let fingerprint: [UInt8]
    /// basicConstraints say so.
    public let isCA: Bool
    /// Whether the key may sign certificates: keyUsage is absent or has keyCertSign.
    public let maySignCertificates: Bool
    /// Subject and issuer are the same and the key identifiers do not contradict; the signature is not looked at.
    public let isSelfSigned: Bool

    public static func == (left: Certificate, right: Certificate) -> Bool {
        left.der == right.der
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(self.fingerprint)
    }

    /// `3F:0A:…`, as browsers and mail clients show it.
    public var fingerprintText: String {
        self.fingerprint.map { Hexadecimal.string([$0]).uppercased() }.joined(separator: ":")
    }

    /// Whether `now` lies within the validity, both ends included (RFC 5280 section 4.1.2.5).
    public func isValid(at now: Timestamp) -> Bool {
        self.notBefore <= now && now <= self.notAfter
    }
}
