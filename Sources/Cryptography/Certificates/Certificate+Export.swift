import COpenSSL

extension Certificate {
    /// One PEM block (RFC 7468 section 5), the line end included.
    public var pem: [UInt8] {
        Self.pem(of: self.der)
    }

    private static func pem(of der: [UInt8]) -> [UInt8] {
        let base64 = der.withUnsafeBufferPointer { source in
            // EVP_EncodeBlock ends with a NUL.
            [UInt8](unsafeUninitializedCapacity: (source.count + 2) / 3 * 4 + 1) { target, count in
                count = Int(EVP_EncodeBlock(target.baseAddress, source.baseAddress, Int32(source.count)))
            }
        }
        var text = Array("-----BEGIN CERTIFICATE-----\n".utf8)
        for start in stride(from: 0, to: base64.count, by: 64) {
            text += base64[start..<min(start + 64, base64.count)]
            text.append(0x0A)
        }
        return text + Array("-----END CERTIFICATE-----\n".utf8)
    }

    /// A PKCS #12 file (RFC 7292) with this certificate and nothing else, under an empty password, for the systems that
    /// install certificates from such files only.
    ///
    /// The certificate is public, so it is not encrypted. Its MAC under an empty password protects nothing either, but
    /// some readers insist on one; SHA-1 is what all of them can check.
    public func pkcs12(friendlyName: String) throws(CryptographyError) -> [UInt8] {
        let x509: X509Handle
        do {
            x509 = try X509Handle(der: self.der, index: 1)
        } catch {
            throw CryptographyError(operation: "PKCS #12")
        }
        var bags: OpaquePointer?
        var safes: OpaquePointer?
        defer {
            imapscope_safebags_free(bags)
            imapscope_pkcs7s_free(safes)
        }
        guard let bag = PKCS12_add_cert(&bags, x509.pointer),
            PKCS12_add_friendlyname_utf8(bag, friendlyName, Int32(friendlyName.utf8.count)) == 1,
            Self.markTrusted(bag),
            PKCS12_add_safe(&safes, bags, -1, 0, nil) == 1,
            let file = PKCS12_add_safes(safes, 0)
        else { throw CryptographyError(operation: "PKCS #12") }
        defer { PKCS12_free(file) }
        guard PKCS12_set_mac(file, "", 0, nil, 0, 2048, EVP_sha1()) == 1 else {
            throw CryptographyError(operation: "PKCS #12")
        }
        let count = i2d_PKCS12(file, nil)
        guard count > 0 else { throw CryptographyError(operation: "PKCS #12") }
        var octets = [UInt8](repeating: 0, count: Int(count))
        octets.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            _ = i2d_PKCS12(file, &position)
        }
        return octets
    }

    /// Java overlooks a certificate without key unless the bag has Oracle's attribute trustedKeyUsage, here with
    /// anyExtendedKeyUsage.
    private static func markTrusted(_ bag: OpaquePointer) -> Bool {
        guard let anyUsage = OBJ_nid2obj(NID_anyExtendedKeyUsage) else { return false }
        // A length of -1 says that the value is an object, not the octets of one.
        let value = UnsafeRawPointer(anyUsage).assumingMemoryBound(to: UInt8.self)
        return PKCS12_add1_attr_by_txt(bag, "2.16.840.1.113894.746875.1.1", V_ASN1_OBJECT, value, -1) == 1
    }
}
