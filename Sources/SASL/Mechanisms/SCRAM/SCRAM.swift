public import Cryptography
public import Traffic

/// SCRAM, RFC 5802 section 3: the computations of both sides, without randomness.
public enum SCRAM {
    /// The hash function in a mechanism's name, with or without `-PLUS`; nil for what is no SCRAM that we know.
    public static func digest(ofMechanism name: String) -> Digest? {
        switch name {
        case "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS": .sha1
        case "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS": .sha256
        case "SCRAM-SHA-512", "SCRAM-SHA-512-PLUS": .sha512
        case "SCRAM-SHA3-512", "SCRAM-SHA3-512-PLUS": .sha3512
        default: nil
        }
    }

    /// `Hi(password, salt, i)`: what all else is computed from. The password must have gone through ``SASLprep``.
    public static func saltedPassword(
        _ password: Secret,
        salt: [UInt8],
        iterations: Int,
        using digest: Digest
    ) throws(CryptographyError) -> Secret {
        try PBKDF2.derive(password: password, salt: salt, iterations: iterations, using: digest)
    }

    public static func clientKey(of saltedPassword: Secret, using digest: Digest) throws(CryptographyError) -> Secret {
        try self.code(Array("Client Key".utf8), key: saltedPassword, using: digest)
    }

    public static func serverKey(of saltedPassword: Secret, using digest: Digest) throws(CryptographyError) -> Secret {
        try self.code(Array("Server Key".utf8), key: saltedPassword, using: digest)
    }

    /// `H(ClientKey)`
    public static func storedKey(of clientKey: Secret, using digest: Digest) throws(CryptographyError) -> Secret {
        var key = clientKey.withBytes { [UInt8]($0) }
        defer { key.cleanse() }
        var hash = try digest.hash(key)
        defer { hash.cleanse() }
        return Secret(hash)
    }

    /// `ClientKey XOR HMAC(StoredKey, AuthMessage)`; the same turns a proof back into the key.
    public static func clientProof(
        _ clientKey: Secret,
        storedKey: Secret,
        authMessage: [UInt8],
        using digest: Digest
    ) throws(CryptographyError) -> Secret {
        let signature = try self.code(authMessage, key: storedKey, using: digest)
        var mixed = clientKey.withBytes { key in signature.withBytes { zip(key, $0).map { $0 ^ $1 } } }
        defer { mixed.cleanse() }
        return Secret(mixed)
    }

    public static func serverSignature(
        _ serverKey: Secret,
        authMessage: [UInt8],
        using digest: Digest
    ) throws(CryptographyError) -> Secret {
        try self.code(authMessage, key: serverKey, using: digest)
    }

    /// Whether the key behind a proof is the one that `storedKey` is the hash of.
    public static func fits(
        proof: Secret,
        storedKey: Secret,
        authMessage: [UInt8],
        using digest: Digest
    ) throws(CryptographyError) -> Bool {
        guard proof.count == digest.byteCount else { return false }
        let key = try self.clientProof(proof, storedKey: storedKey, authMessage: authMessage, using: digest)
        return try self.storedKey(of: key, using: digest).equals(storedKey)
    }

    private static func code(
        _ message: [UInt8],
        key: Secret,
        using digest: Digest
    ) throws(CryptographyError) -> Secret {
        var code = try HMAC.authenticationCode(for: message, key: key, using: digest)
        defer { code.cleanse() }
        return Secret(code)
    }
}
