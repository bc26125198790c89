public import Cryptography
public import Traffic

/// The computations of NTLMv2, MS-NLMP 3.3.2.
public enum NTLMv2 {
    /// MD4 of the password in UTF-16, the "NT hash". OpenSSL has MD4 in its legacy provider only.
    public static func hash(
        ofPassword password: Secret,
        provider: LegacyProvider? = .installed
    ) throws(CryptographyError) -> Secret {
        guard let provider else { throw CryptographyError.legacyProviderMissing }
        var text = password.withBytes { UTF16Text.octets(String(decoding: $0, as: UTF8.self)) }
        defer { text.cleanse() }
        var hash = try provider.md4(text)
        defer { hash.cleanse() }
        return Secret(hash)
    }

    /// NTOWFv2: HMAC-MD5 of the user in capitals and the domain, under the NT hash.
    public static func key(hash: Secret, user: String, domain: String) -> Secret {
        self.code(UTF16Text.octets(user.uppercased() + domain), key: hash)
    }

    /// NTProofStr, the first 16 octets of the response: over the server's challenge and the rest of the response.
    public static func proof(key: Secret, serverChallenge: [UInt8], rest: [UInt8]) -> Secret {
        self.code(serverChallenge + rest, key: key)
    }

    static func missingHash(_ error: CryptographyError) -> String {
        "MD4 is not available (\(error.description)); a stored {NTLM} hash would do"
    }

    private static func code(_ message: [UInt8], key: Secret) -> Secret {
        var code = HMACMD5Context(key: key).authenticationCode(for: message)
        defer { code.cleanse() }
        return Secret(code)
    }
}
