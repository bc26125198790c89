import COpenSSL
public import Traffic

/// A key from a password that is slow to guess: PBKDF2 of RFC 8018 section 5.2 with HMAC.
public enum PBKDF2 {
    /// As many octets as `digest` has. The time is proportional to `iterations`: bound what a peer chose.
    public static func derive(
        password: Secret,
        salt: [UInt8],
        iterations: Int,
        using digest: Digest
    ) throws(CryptographyError) -> Secret {
        let operation = "PBKDF2 with \(digest.rawValue)"
        guard let count = Int32(exactly: iterations), count > 0, let saltCount = Int32(exactly: salt.count),
            let passwordCount = Int32(exactly: password.count)
        else {
            throw CryptographyError(operation: operation, reason: "a length or count out of range")
        }
        guard let function = EVP_MD_fetch(nil, digest.rawValue, nil) else {
            throw CryptographyError(operation: operation)
        }
        defer { EVP_MD_free(function) }
        var key = [UInt8](repeating: 0, count: digest.byteCount)
        defer { key.cleanse() }
        let result = password.withBytes { password in
            PKCS5_PBKDF2_HMAC(
                password.bindMemory(to: CChar.self).baseAddress,
                passwordCount,
                salt,
                saltCount,
                count,
                function,
                Int32(digest.byteCount),
                &key
            )
        }
        guard result == 1 else { throw CryptographyError(operation: operation) }
        return Secret(key)
    }
}
