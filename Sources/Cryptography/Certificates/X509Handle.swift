import COpenSSL

/// Owns one X509 of OpenSSL.
struct X509Handle: ~Copyable {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) {
        self.pointer = pointer
    }

    init(der: [UInt8], index: Int) throws(CertificateProblem) {
        let parsed: OpaquePointer? = der.withUnsafeBufferPointer { octets in
            var position = octets.baseAddress
            guard let x509 = d2i_X509(nil, &position, octets.count) else { return nil }
            // Octets behind the certificate would make two files of one certificate differ.
            guard position == octets.baseAddress.map({ $0 + octets.count }) else {
                X509_free(x509)
                return nil
            }
            return x509
        }
        guard let parsed else {
            throw .damaged(index: index, reason: CryptographyError(operation: "reading a certificate").reason)
        }
        self.pointer = parsed
    }

    deinit {
        X509_free(self.pointer)
    }

    var der: [UInt8]? {
        let count = i2d_X509(self.pointer, nil)
        guard count > 0 else { return nil }
        var octets = [UInt8](repeating: 0, count: Int(count))
        let written = octets.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            return i2d_X509(self.pointer, &position)
        }
        return written == count ? octets : nil
    }
}
