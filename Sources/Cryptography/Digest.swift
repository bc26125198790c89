import COpenSSL

/// The hash functions that mail authentication uses.
public enum Digest: String, Sendable, Hashable, CaseIterable {
    case md5 = "MD5"
    case sha1 = "SHA1"
    case sha256 = "SHA256"
    case sha384 = "SHA384"
    case sha512 = "SHA512"
    case sha3512 = "SHA3-512"

    /// Octets of a hash value.
    public var byteCount: Int {
        switch self {
        case .md5: 16
        case .sha1: 20
        case .sha256: 32
        case .sha384: 48
        case .sha512, .sha3512: 64
        }
    }

    /// The hash value of `bytes`.
    public func hash(_ bytes: RawSpan) throws(CryptographyError) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: self.byteCount)
        var length = 0
        let succeeded = bytes.withUnsafeBytes { input in
            EVP_Q_digest(nil, self.rawValue, nil, input.baseAddress, input.count, &value, &length)
        }
        guard succeeded == 1, length == value.count else {
            throw CryptographyError(operation: "digest \(self.rawValue)")
        }
        return value
    }

    public func hash(_ bytes: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try self.hash(bytes.span.bytes)
    }
}
