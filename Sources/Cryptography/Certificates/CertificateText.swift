import COpenSSL

/// Reads the texts out of OpenSSL's structures. Nothing here trusts their content.
enum CertificateText {
    static func name(_ name: OpaquePointer?) -> String {
        guard let name, let bio = try? MemoryBIO() else { return "" }
        guard imapscope_print_name(bio.pointer, name) >= 0 else { return "" }
        return bio.withContent { String(decoding: $0, as: UTF8.self) }
    }

    /// RFC 5280 knows no order; the last one is the most specific, as in X.500.
    static func commonName(_ name: OpaquePointer?) -> String? {
        guard let name else { return nil }
        var found: Int32 = -1
        while case let next = X509_NAME_get_index_by_NID(name, NID_commonName, found), next >= 0 { found = next }
        guard found >= 0, let entry = X509_NAME_get_entry(name, found) else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry))
        guard count >= 0, let text else { return nil }
        defer { CRYPTO_free(text, nil, 0) }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
    }

    static func subjectAltNames(_ x509: OpaquePointer) -> [SubjectAltName] {
        guard let found = X509_get_ext_d2i(x509, NID_subject_alt_name, nil, nil) else { return [] }
        let names = OpaquePointer(found)
        defer { GENERAL_NAMES_free(names) }
        var entries: [SubjectAltName] = []
        for index in 0..<imapscope_general_names_count(names) {
            var kind: Int32 = 0
            guard let name = imapscope_general_name(names, index),
                let value = GENERAL_NAME_get0_value(name, &kind)
            else { continue }
            let octets = self.octets(UnsafePointer(value.assumingMemoryBound(to: ASN1_STRING.self)), of: kind)
            switch (kind, octets) {
            case (GEN_DNS, let octets?): entries.append(.dns(String(decoding: octets, as: UTF8.self)))
            case (GEN_IPADD, let octets?): entries.append(.ip(octets))
            default: break
            }
        }
        return entries
    }

    /// The other kinds of names are no strings.
    private static func octets(_ string: UnsafePointer<ASN1_STRING>, of kind: Int32) -> [UInt8]? {
        kind == GEN_DNS || kind == GEN_IPADD ? self.octets(string) : nil
    }

    static func octets(_ string: UnsafePointer<ASN1_STRING>?) -> [UInt8] {
        guard let string, let start = ASN1_STRING_get0_data(string) else { return [] }
        return Array(UnsafeBufferPointer(start: start, count: Int(ASN1_STRING_length(string))))
    }
}
