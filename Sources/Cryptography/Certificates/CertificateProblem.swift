/// Why octets are not the certificate that they should be.
public enum CertificateProblem: Error, Sendable, Hashable {
    case empty
    /// Neither a PEM block `CERTIFICATE` nor DER.
    case notACertificate
    /// A private key stands where a certificate is expected.
    case privateKey
    /// The `index`th block (from 1) is no certificate; `reason` is OpenSSL's.
    case damaged(index: Int, reason: String)
    case tooManyCertificates(actual: Int, limit: Int)
}

/// Why octets are not the private key that they should be.
public enum PrivateKeyProblem: Error, Sendable, Hashable {
    case empty
    /// No PEM block with a private key.
    case notAPrivateKey
    /// A certificate stands where a private key is expected.
    case certificate
    /// A passphrase would be needed.
    case encrypted
    /// `reason` is OpenSSL's and holds nothing of the key.
    case damaged(reason: String)
}

/// The text before the octets: `-----BEGIN label-----` (RFC 7468 section 2).
enum PEMLabel {
    static func isPresent(_ label: String, in bytes: UnsafeRawBufferPointer) -> Bool {
        self.count(label, in: bytes) > 0
    }

    static func count(_ label: String, in bytes: UnsafeRawBufferPointer) -> Int {
        let pattern = Array("-----BEGIN \(label)-----".utf8)
        return self.occurrences(of: pattern, in: bytes)
    }

    /// Whether some `-----BEGIN … PRIVATE KEY-----` stands here, whatever kind of key it is.
    static func isPrivateKeyPresent(in bytes: UnsafeRawBufferPointer) -> Bool {
        self.occurrences(of: Array("PRIVATE KEY-----".utf8), in: bytes) > 0
    }

    static func occurrences(of pattern: [UInt8], in bytes: UnsafeRawBufferPointer) -> Int {
        var count = 0
        var position = 0
        while position + pattern.count <= bytes.count {
            if bytes[position] == pattern[0], bytes[position..<position + pattern.count].elementsEqual(pattern) {
                count += 1
                position += pattern.count
            } else {
                position += 1
            }
        }
        return count
    }
}
