public import Cryptography

/// A cipher suite: what its registered name says about key exchange, authentication, cipher and hash.
public struct CipherSuite: Sendable, Hashable, CustomStringConvertible {
    /// How both sides come to a premaster secret.
    public enum KeyExchange: Sendable, Hashable {
        /// The client encrypts it with the server's RSA key: whoever has that key can read the connection.
        case rsa
        /// Ephemeral: the server's key is of no use to a reader.
        case dhe
        case ecdhe
        /// The key of the certificate itself is a Diffie-Hellman key.
        case dh
        case ecdh
        case psk
        case dhePSK
        case ecdhePSK
        case rsaPSK
        /// TLS 1.3 settles it in extensions; always ephemeral, unless it is a PSK alone.
        case tls13
        case other(String)
    }

    public enum Authentication: Sendable, Hashable {
        case rsa
        case ecdsa
        case dss
        case psk
        case anonymous
        case tls13
        case other(String)
    }

    /// What protects records.
    public enum Cipher: Sendable, Hashable {
        case aead(AuthenticatedCipher.Algorithm, tagByteCount: Int)
        case block(BlockCipher.Algorithm)
        case rc4
        case null
        /// What OpenSSL lacks, or nobody may want any more.
        case unsupported(String)
    }

    public let id: UInt16
    /// The registered name, or the number of a suite that has none.
    public let name: String
    public let keyExchange: KeyExchange
    public let authentication: Authentication
    public let cipher: Cipher
    /// The hash of the MAC of ciphers that have none of their own.
    public let mac: Digest?
    /// The hash of TLS 1.2's PRF (RFC 5246 section 5) and of TLS 1.3's HKDF.
    public let hash: Digest

    public init(id: UInt16) {
        self.id = id
        self.name = Self.name(id)
        let parts = CipherSuiteName(self.name)
        self.keyExchange = parts.keyExchange
        self.authentication = parts.authentication
        self.cipher = parts.cipher
        self.mac = parts.mac
        self.hash = parts.hash
    }

    public static func name(_ id: UInt16) -> String {
        if let name = CipherSuiteTable.names[id] { return name }
        return isGREASE(id) ? "GREASE" : "0x" + hexadecimal(id)
    }

    public var description: String { self.name }
}

/// Values that mean nothing and keep peers tolerant (RFC 8701 section 2).
func isGREASE(_ value: UInt16) -> Bool {
    value & 0x0F0F == 0x0A0A && value >> 8 == value & 0xFF
}

func hexadecimal(_ value: UInt16) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
}
