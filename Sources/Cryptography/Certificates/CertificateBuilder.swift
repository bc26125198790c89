import COpenSSL
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Puts a version 3 certificate together (RFC 5280 section 4.1) and signs it.
struct CertificateBuilder: ~Copyable {
    private let handle: X509Handle
    private static let operation = "making a certificate"

    init() throws(CryptographyError) {
        guard let x509 = X509_new() else { throw CryptographyError(operation: Self.operation) }
        self.handle = X509Handle(adopting: x509)
    }

    func describe(
        subject: [(nid: Int32, text: String)],
        key: PrivateKey,
        notBefore: Timestamp,
        notAfter: Timestamp
    ) throws(CryptographyError) {
        let x509 = self.handle.pointer
        let begin = time_t(CertificateTime.seconds(notBefore))
        let end = time_t(CertificateTime.seconds(notAfter))
        guard X509_set_version(x509, 2) == 1,
            X509_set_pubkey(x509, key.pointer) == 1,
            ASN1_TIME_set(X509_getm_notBefore(x509), begin) != nil,
            ASN1_TIME_set(X509_getm_notAfter(x509), end) != nil,
            let name = X509_NAME_new()
        else { throw CryptographyError(operation: Self.operation) }
        defer { X509_NAME_free(name) }
        for part in subject {
            let text = Array(part.text.utf8)
            guard X509_NAME_add_entry_by_NID(name, part.nid, MBSTRING_UTF8, text, Int32(text.count), -1, 0) == 1 else {
                throw CryptographyError(operation: Self.operation)
            }
        }
        guard X509_set_subject_name(x509, name) == 1 else { throw CryptographyError(operation: Self.operation) }
    }

    /// RFC 5280 section 4.1.2.2: positive, at most 20 octets.
    func setSerial(_ octets: [UInt8]) throws(CryptographyError) {
        guard let number = BN_bin2bn(octets, Int32(octets.count), nil) else {
            throw CryptographyError(operation: Self.operation)
        }
        defer { BN_free(number) }
        guard BN_to_ASN1_INTEGER(number, X509_get_serialNumber(self.handle.pointer)) != nil else {
            throw CryptographyError(operation: Self.operation)
        }
    }

    /// Adds an extension in OpenSSL's configuration language. For constant texts only: the language can be injected
    /// into.
    func add(_ nid: Int32, _ value: StaticString, issuer: borrowing X509Handle) throws(CryptographyError) {
        try self.add(nid, value, issuerPointer: issuer.pointer)
    }

    func add(_ nid: Int32, _ value: StaticString) throws(CryptographyError) {
        try self.add(nid, value, issuerPointer: self.handle.pointer)
    }

    private func add(_ nid: Int32, _ value: StaticString, issuerPointer: OpaquePointer) throws(CryptographyError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuerPointer, self.handle.pointer, nil, nil, 0)
        let text = UnsafeRawPointer(value.utf8Start).assumingMemoryBound(to: CChar.self)
        guard let made = X509V3_EXT_conf_nid(nil, &context, nid, text) else {
            throw CryptographyError(operation: Self.operation)
        }
        defer { X509_EXTENSION_free(made) }
        guard X509_add_ext(self.handle.pointer, made, -1) == 1 else {
            throw CryptographyError(operation: Self.operation)
        }
    }

    func add(_ names: [SubjectAltName]) throws(CryptographyError) {
        guard let list = imapscope_general_names_new() else { throw CryptographyError(operation: Self.operation) }
        defer { GENERAL_NAMES_free(list) }
        for name in names {
            guard let entry = Self.generalName(name) else { throw CryptographyError(operation: Self.operation) }
            guard imapscope_general_names_push(list, entry) > 0 else {
                GENERAL_NAME_free(entry)
                throw CryptographyError(operation: Self.operation)
            }
        }
        guard X509_add1_ext_i2d(self.handle.pointer, NID_subject_alt_name, UnsafeMutableRawPointer(list), 0, 0) == 1
        else { throw CryptographyError(operation: Self.operation) }
    }

    private static func generalName(_ name: SubjectAltName) -> UnsafeMutablePointer<GENERAL_NAME>? {
        let (kind, octets, type) =
            switch name {
            case .dns(let text): (GEN_DNS, Array(text.utf8), V_ASN1_IA5STRING)
            case .ip(let octets): (GEN_IPADD, octets, V_ASN1_OCTET_STRING)
            }
        guard let string = ASN1_STRING_type_new(type) else { return nil }
        guard ASN1_STRING_set(string, octets, Int32(octets.count)) == 1, let entry = GENERAL_NAME_new() else {
            ASN1_STRING_free(string)
            return nil
        }
        GENERAL_NAME_set0_value(entry, kind, string)
        return entry
    }

    /// Signs with SHA-256, the digest that every client of the last fifteen years checks.
    consuming func sign(
        with key: PrivateKey,
        issuer: borrowing X509Handle
    ) throws(CryptographyError) -> Certificate {
        try self.finish(with: key, issuerName: X509_get_subject_name(issuer.pointer))
    }

    consuming func signItself(with key: PrivateKey) throws(CryptographyError) -> Certificate {
        try self.finish(with: key, issuerName: X509_get_subject_name(self.handle.pointer))
    }

    private func finish(with key: PrivateKey, issuerName: OpaquePointer?) throws(CryptographyError) -> Certificate {
        guard X509_set_issuer_name(self.handle.pointer, issuerName) == 1,
            X509_sign(self.handle.pointer, key.pointer, EVP_sha256()) > 0
        else { throw CryptographyError(operation: Self.operation) }
        do {
            return try Certificate(self.handle)
        } catch {
            throw CryptographyError(operation: Self.operation)
        }
    }
}
