import Cryptography
import Traffic

/// A traffic secret of TLS 1.3 and what follows from it (RFC 8446 section 7).
struct TrafficSecret {
    var secret: Secret
    var hash: Digest

    /// HKDF-Expand-Label (RFC 8446 section 7.1).
    func expand(_ label: String, context: [UInt8] = [], count: Int) throws(CryptographyError) -> Secret {
        let label = Array("tls13 \(label)".utf8)
        let info =
            [UInt8(count >> 8), UInt8(count & 0xFF), UInt8(label.count)] + label + [UInt8(context.count)] + context
        return try HKDF.expand(self.secret, info: info, count: count, using: self.hash)
    }

    /// The secret after a KeyUpdate (RFC 8446 section 7.2).
    func updated() throws(CryptographyError) -> TrafficSecret {
        TrafficSecret(secret: try self.expand("traffic upd", count: self.hash.byteCount), hash: self.hash)
    }

    /// - Returns: nil for a cipher that nobody here can undo.
    func protection(_ cipher: CipherSuite.Cipher) throws(CryptographyError) -> (any RecordProtection)? {
        guard case .aead(let algorithm, let tag) = cipher else { return nil }
        return TLS13Protection(
            try AuthenticatedCipher(
                algorithm,
                key: try self.expand("key", count: algorithm.keyByteCount),
                tagByteCount: tag
            ),
            initializationVector: try self.expand("iv", count: AuthenticatedCipher.nonceByteCount)
        )
    }
}
