import Cryptography

/// Reads the name of a cipher suite: `TLS_` key exchange, `_` authentication, `_WITH_` cipher, `_` hash. In TLS 1.3 the name
/// is cipher and hash alone (RFC 8446 appendix B.4).
struct CipherSuiteName {
    var keyExchange = CipherSuite.KeyExchange.tls13
    var authentication = CipherSuite.Authentication.tls13
    var cipher: CipherSuite.Cipher
    var mac: Digest?
    var hash = Digest.sha256

    init(_ name: String) {
        var words = name.split(separator: "_").map(String.init)
        guard words.first == "TLS" else {
            self.cipher = .unsupported(name)
            return
        }
        words.removeFirst()
        if let with = words.firstIndex(of: "WITH") {
            self.keyExchange = Self.keyExchange(words[..<with])
            self.authentication = Self.authentication(words[..<with])
            words.removeFirst(with + 1)
        }
        let (digest, count) = Self.digest(words)
        self.cipher = Self.cipher(words.dropLast(count).joined(separator: "_"))
        if case .aead = self.cipher {} else { self.mac = digest }
        // RFC 5246 section 5: SHA-256 unless a suite says otherwise; only SHA-384 ever did.
        if digest == .sha384 { self.hash = .sha384 }
        if name.contains("_EXPORT") { self.cipher = .unsupported("export ciphers") }
    }

    private static func digest(_ words: [String]) -> (Digest?, words: Int) {
        switch words.last {
        case "MD5": (.md5, 1)
        case "SHA": (.sha1, 1)
        case "SHA256": (.sha256, 1)
        case "SHA384": (.sha384, 1)
        case "SHA512": (.sha512, 1)
        default: (nil, 0)
        }
    }

    private static func keyExchange(_ words: ArraySlice<String>) -> CipherSuite.KeyExchange {
        switch (words.first, words.last) {
        case ("RSA", "PSK"): .rsaPSK
        case ("DHE", "PSK"), ("PSK", "DHE"): .dhePSK
        case ("ECDHE", "PSK"): .ecdhePSK
        case ("PSK", _): .psk
        case ("RSA", _): .rsa
        // Anonymous Diffie-Hellman is ephemeral.
        case ("DHE", _), ("DH", "anon"): .dhe
        case ("ECDHE", _), ("ECDH", "anon"): .ecdhe
        case ("DH", _): .dh
        case ("ECDH", _): .ecdh
        default: .other(words.joined(separator: "_"))
        }
    }

    private static func authentication(_ words: ArraySlice<String>) -> CipherSuite.Authentication {
        switch words.last {
        case "RSA": .rsa
        case "ECDSA": .ecdsa
        case "DSS": .dss
        case "PSK", "DHE": words.first == "RSA" ? .rsa : .psk
        case "anon": .anonymous
        default: words.first == "RSA" ? .rsa : .other(words.joined(separator: "_"))
        }
    }

    private static func cipher(_ name: String) -> CipherSuite.Cipher {
        switch name {
        case "AES_128_GCM": .aead(.aes128GCM, tagByteCount: 16)
        case "AES_256_GCM": .aead(.aes256GCM, tagByteCount: 16)
        case "AES_128_CCM": .aead(.aes128CCM, tagByteCount: 16)
        case "AES_256_CCM": .aead(.aes256CCM, tagByteCount: 16)
        case "AES_128_CCM_8": .aead(.aes128CCM, tagByteCount: 8)
        case "AES_256_CCM_8": .aead(.aes256CCM, tagByteCount: 8)
        case "CHACHA20_POLY1305": .aead(.chaCha20Poly1305, tagByteCount: 16)
        case "ARIA_128_GCM": .aead(.aria128GCM, tagByteCount: 16)
        case "ARIA_256_GCM": .aead(.aria256GCM, tagByteCount: 16)
        case "AES_128_CBC": .block(.aes128CBC)
        case "AES_256_CBC": .block(.aes256CBC)
        case "CAMELLIA_128_CBC": .block(.camellia128CBC)
        case "CAMELLIA_256_CBC": .block(.camellia256CBC)
        case "ARIA_128_CBC": .block(.aria128CBC)
        case "ARIA_256_CBC": .block(.aria256CBC)
        case "3DES_EDE_CBC": .block(.tripleDESCBC)
        case "SEED_CBC": .block(.seedCBC)
        case "IDEA_CBC": .block(.ideaCBC)
        case "DES_CBC": .block(.desCBC)
        case "RC4_128": .rc4
        case "NULL": .null
        default: .unsupported(name)
        }
    }
}
