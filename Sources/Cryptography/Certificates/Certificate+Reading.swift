import COpenSSL
import Traffic

extension Certificate {
    /// More than any chain has; a file with more is the trust store of a system.
    public static let chainLimit = 32

    /// The certificate in `octets`, PEM or DER; the first one when there are several.
    public init(parsing octets: [UInt8]) throws(CertificateProblem) {
        let chain = try Self.chain(parsing: octets)
        self = chain[0]
    }

    public init(der: [UInt8]) throws(CertificateProblem) {
        guard !der.isEmpty else { throw .empty }
        try self.init(X509Handle(der: der, index: 1))
    }

    /// All certificates in `octets`, in their order: PEM blocks among whatever else, or one certificate in DER.
    /// Never empty.
    public static func chain(parsing octets: [UInt8]) throws(CertificateProblem) -> [Certificate] {
        guard octets.contains(where: { !($0 == 0x20 || (0x09...0x0D).contains($0)) }) else { throw .empty }
        let (count, holdsKey) = octets.withUnsafeBytes { bytes in
            let count = Self.labels.reduce(0) { $0 + PEMLabel.count($1, in: bytes) }
            return (count, PEMLabel.isPrivateKeyPresent(in: bytes))
        }
        guard count > 0 else {
            if holdsKey { throw .privateKey }
            // DER of a certificate is a SEQUENCE; all else is not worth OpenSSL's reason.
            guard octets[0] == 0x30 else { throw .notACertificate }
            return [try Certificate(der: octets)]
        }
        guard count <= self.chainLimit else { throw .tooManyCertificates(actual: count, limit: self.chainLimit) }
        return try self.blocks(of: octets, count: count)
    }

    private static let labels = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"]

    private static func blocks(of octets: [UInt8], count: Int) throws(CertificateProblem) -> [Certificate] {
        var handles: [OpaquePointer] = []
        let reason: CryptographyError? = octets.withUnsafeBytes { bytes in
            MemoryBIO.reading(bytes) { bio in
                while handles.count < count {
                    guard let x509 = PEM_read_bio_X509(bio, nil, refusePassphrase, nil) else {
                        return CryptographyError(operation: "reading a certificate")
                    }
                    handles.append(x509)
                }
                return nil
            }
        }
        var certificates: [Certificate] = []
        var problem: CertificateProblem?
        for (index, pointer) in handles.enumerated() {
            let handle = X509Handle(adopting: pointer)
            guard problem == nil else { continue }
            do throws(CertificateProblem) {
                certificates.append(try Certificate(handle, index: index + 1))
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        if let reason { throw .damaged(index: handles.count + 1, reason: reason.reason) }
        return certificates
    }

    init(_ handle: borrowing X509Handle, index: Int = 1) throws(CertificateProblem) {
        let x509 = handle.pointer
        guard let notBefore = CertificateTime.timestamp(X509_get0_notBefore(x509)),
            let notAfter = CertificateTime.timestamp(X509_get0_notAfter(x509))
        else { throw .damaged(index: index, reason: "its validity is no time") }
        guard let der = handle.der, let fingerprint = try? Digest.sha256.hash(der) else {
            throw .damaged(index: index, reason: "it cannot be encoded again")
        }
        // Damaged extensions are passed over: an inspector has to read what real servers send.
        let flags = X509_get_extension_flags(x509)
        self.der = der
        self.fingerprint = fingerprint
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.subject = CertificateText.name(X509_get_subject_name(x509))
        self.issuer = CertificateText.name(X509_get_issuer_name(x509))
        self.commonName = CertificateText.commonName(X509_get_subject_name(x509))
        self.subjectAltNames = CertificateText.subjectAltNames(x509)
        self.serial = CertificateText.octets(X509_get0_serialNumber(x509))
        let key = X509_get0_pubkey(x509)
        self.keyType = key.flatMap { EVP_PKEY_get0_type_name($0) }.map { String(cString: $0) }
        self.keyBits = key.map { Int(EVP_PKEY_get_bits($0)) } ?? 0
        self.signatureAlgorithm = OBJ_nid2sn(X509_get_signature_nid(x509)).map { String(cString: $0) } ?? "unknown"
        self.isCA = flags & UInt32(EXFLAG_CA) != 0
        self.maySignCertificates = X509_get_key_usage(x509) & UInt32(KU_KEY_CERT_SIGN) != 0
        self.isSelfSigned = flags & UInt32(EXFLAG_SS) != 0
        // A key of an unknown kind or a damaged extension leaves its reason in the queue of the thread.
        ERR_clear_error()
    }

    /// Whether a client that connects to `host`, a DNS name or an address, accepts the certificate's names (RFC 9525).
    public func covers(host: String) -> Bool {
        guard let wanted = SubjectAltName(host: host), let handle = try? X509Handle(der: self.der, index: 1) else {
            return false
        }
        defer { ERR_clear_error() }
        switch wanted {
        case .ip(let octets): return X509_check_ip(handle.pointer, octets, octets.count, 0) == 1
        case .dns(let name):
            // The wildcard as a wanted name is no name.
            guard !name.hasPrefix("*") else { return self.subjectAltNames.contains(wanted) }
            return X509_check_host(handle.pointer, name, name.utf8.count, 0, nil) == 1
        }
    }
}

/// OpenSSL would ask the terminal.
let refusePassphrase: @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) -> Int32 = {
    _,
    _,
    _,
    wasAsked in
    wasAsked?.storeBytes(of: true, as: Bool.self)
    return -1
}
