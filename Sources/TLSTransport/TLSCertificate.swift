import COpenSSL
import Cryptography
public import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A certificate as it went over the wire; its fields are read when somebody asks.
public struct TLSCertificate: Sendable, Hashable, CustomStringConvertible {
    public var der: [UInt8]

    public init(der: [UInt8]) {
        self.der = der
    }

    /// Copies a certificate that somebody else owns.
    init(_ certificate: OpaquePointer) {
        var encoded: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(certificate, &encoded)
        defer { CRYPTO_free(encoded, #file, #line) }
        self.der = encoded.map { Array(UnsafeBufferPointer(start: $0, count: Int(max(count, 0)))) } ?? []
    }

    static func decode(_ der: [UInt8]) -> OpaquePointer? {
        der.withUnsafeBufferPointer { octets in
            var cursor = octets.baseAddress
            return d2i_X509(nil, &cursor, octets.count)
        }
    }

    public var description: String { "certificate of \(self.der.count) octets" }

    /// SHA-256 over the octets, in hexadecimal digits.
    public var fingerprint: String? {
        (try? Digest.sha256.hash(self.der)).map { Hexadecimal.string($0) }
    }

    /// What stands for it in tls-server-end-point (RFC 5929 section 4.1); nil where that is not defined.
    public var endPointHash: [UInt8]? { Certificate.endPointHash(self.der) }

    /// Reads the fields; nil when OpenSSL cannot.
    public var fields: TLSCertificateFields? {
        guard let certificate = Self.decode(self.der) else {
            OpenSSLQueue.clear()
            return nil
        }
        defer { X509_free(certificate) }
        return TLSCertificateFields(certificate)
    }
}

/// What people read in a certificate. Every text comes from the wire: an output escapes it.
public struct TLSCertificateFields: Sendable, Hashable {
    /// RFC 2253 form.
    public var subject: String
    public var issuer: String
    /// DNS names, then IP addresses of the subject's alternative names.
    public var names: [String]
    /// Seconds since 1970, not a `Timestamp`: certificates without an end are dated 9999, which that cannot hold.
    public var notBefore: Int64
    public var notAfter: Int64
    /// Such as `RSA 2048` or `EC 256`.
    public var key: String
    /// Such as `sha256WithRSAEncryption`.
    public var signatureAlgorithm: String

    /// Whether `time` lies in the certificate's validity.
    public func isValid(at time: Timestamp) -> Bool {
        (self.notBefore...max(self.notBefore, self.notAfter)).contains(time.nanoseconds / 1_000_000_000)
    }

    init(_ certificate: OpaquePointer) {
        self.subject = Self.text(X509_get_subject_name(certificate))
        self.issuer = Self.text(X509_get_issuer_name(certificate))
        self.names = Self.names(certificate)
        self.notBefore = Self.time(X509_get0_notBefore(certificate))
        self.notAfter = Self.time(X509_get0_notAfter(certificate))
        self.signatureAlgorithm =
            OBJ_nid2ln(X509_get_signature_nid(certificate)).map { String(cString: $0) } ?? "unknown"
        if let key = X509_get0_pubkey(certificate) {
            let name = EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
            self.key = "\(name) \(EVP_PKEY_get_bits(key))"
        } else {
            self.key = "unknown"
        }
    }

    private static func text(_ name: OpaquePointer?) -> String {
        guard let name, let bio = BIO_new(BIO_s_mem()) else { return "" }
        defer { BIO_free(bio) }
        // UTF-8 as it is: escaping is the output's business.
        X509_NAME_print_ex(bio, name, 0, imapscope_name_flags)
        var octets = [UInt8](repeating: 0, count: BIO_ctrl_pending(bio))
        let count = BIO_read(bio, &octets, Int32(octets.count))
        return String(decoding: octets.prefix(Int(max(count, 0))), as: UTF8.self)
    }

    private static func names(_ certificate: OpaquePointer) -> [String] {
        guard let found = X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
        let list = OpaquePointer(found)
        defer { imapscope_general_names_free(list) }
        var hosts: [String] = []
        var addresses: [String] = []
        for index in 0..<imapscope_general_name_count(list) {
            guard let name = imapscope_general_name_at(list, index) else { continue }
            switch name.pointee.type {
            case GEN_DNS: hosts.append(String(decoding: Self.octets(name.pointee.d.dNSName), as: UTF8.self))
            case GEN_IPADD: addresses.append(Self.address(Self.octets(name.pointee.d.iPAddress)))
            default: continue
            }
        }
        return hosts + addresses
    }

    private static func octets(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
        guard let string, let data = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: data, count: Int(ASN1_STRING_length(string))))
    }

    private static func address(_ octets: [UInt8]) -> String {
        if octets.count == 4 { return octets.map { String($0) }.joined(separator: ".") }
        guard octets.count == 16 else { return "(\(octets.count) octets)" }
        return stride(from: 0, to: 16, by: 2)
            .map { String(Int(octets[$0]) << 8 | Int(octets[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }

    private static func time(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        var parts = tm()
        guard ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
        return Int64(timegm(&parts))
    }
}
