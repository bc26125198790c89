import COpenSSL
public import Traffic

/// Keyed hashing, RFC 2104.
public enum HMAC {
    /// The authentication code of `message` under `key`.
    public static func authenticationCode(
        for message: RawSpan,
        key: Secret,
        using digest: Digest
    ) throws(CryptographyError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: digest.byteCount)
        var length = 0
        let result = key.withBytes { key in
            message.withUnsafeBytes { message in
                // An empty message has no address, which OpenSSL takes well; Secret always has one for the key.
                EVP_Q_mac(
                    nil,
                    "HMAC",
                    nil,
                    digest.rawValue,
                    nil,
                    key.baseAddress,
                    key.count,
                    message.bindMemory(to: UInt8.self).baseAddress,
                    message.count,
                    &code,
                    code.count,
                    &length
                )
            }
        }
        guard result != nil, length == code.count else {
            throw CryptographyError(operation: "HMAC \(digest.rawValue)")
        }
        return code
    }

    public static func authenticationCode(
        for message: [UInt8],
        key: Secret,
        using digest: Digest
    ) throws(CryptographyError) -> [UInt8] {
        try self.authenticationCode(for: message.span.bytes, key: key, using: digest)
    }
}
