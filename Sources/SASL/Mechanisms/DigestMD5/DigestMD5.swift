import Cryptography
public import Traffic

/// DIGEST-MD5, RFC 2831 section 2.1.2.1: the computations of both sides. The mechanism is historic (RFC 6331).
public enum DigestMD5 {
    /// What both hashes are made of beside the password.
    public struct Parameters: Sendable, Hashable {
        public var nonce: [UInt8]
        public var clientNonce: [UInt8]
        /// The nonce count as sent, eight hexadecimal digits.
        public var nonceCount: [UInt8]
        /// `auth`, `auth-int` or `auth-conf`.
        public var qualityOfProtection: [UInt8]
        public var digestURI: [UInt8]
        public var authorizationIdentity: [UInt8]?

        public init(
            nonce: [UInt8],
            clientNonce: [UInt8],
            nonceCount: [UInt8] = Array("00000001".utf8),
            qualityOfProtection: [UInt8] = Array("auth".utf8),
            digestURI: [UInt8],
            authorizationIdentity: [UInt8]? = nil
        ) {
            self.nonce = nonce
            self.clientNonce = clientNonce
            self.nonceCount = nonceCount
            self.qualityOfProtection = qualityOfProtection
            self.digestURI = digestURI
            self.authorizationIdentity = authorizationIdentity
        }
    }

    /// MD5 of `user:realm:password`: what a server stores.
    public static func hash(user: [UInt8], realm: [UInt8], password: Secret) -> Secret {
        var text = user + [colon] + realm + [colon]
        text.reserveCapacity(text.count + password.count)
        password.withBytes { text.append(contentsOf: $0) }
        defer { text.cleanse() }
        var hash = MD5State.hash(text)
        defer { hash.cleanse() }
        return Secret(hash)
    }

    /// The 32 digits of the client's `response`.
    public static func response(hash: Secret, _ parameters: Parameters) -> Secret {
        self.digits(hash, parameters, a2: Array("AUTHENTICATE:".utf8))
    }

    /// The 32 digits of the server's `rspauth`.
    public static func responseAuth(hash: Secret, _ parameters: Parameters) -> Secret {
        self.digits(hash, parameters, a2: [self.colon])
    }

    private static let colon = UInt8(ascii: ":")

    private static func digits(_ hash: Secret, _ parameters: Parameters, a2 prefix: [UInt8]) -> Secret {
        var a1 = hash.withBytes { [UInt8]($0) }
        a1 += [self.colon] + parameters.nonce + [self.colon] + parameters.clientNonce
        if let identity = parameters.authorizationIdentity { a1 += [self.colon] + identity }
        defer { a1.cleanse() }
        var a2 = prefix + parameters.digestURI
        if parameters.qualityOfProtection != Array("auth".utf8) {
            a2 += [self.colon] + [UInt8](repeating: UInt8(ascii: "0"), count: 32)
        }
        var text = Hexadecimal.encode(MD5State.hash(a1))
        for part in [
            parameters.nonce, parameters.nonceCount, parameters.clientNonce, parameters.qualityOfProtection,
            Hexadecimal.encode(MD5State.hash(a2)),
        ] {
            text += [self.colon] + part
        }
        defer { text.cleanse() }
        var digits = Hexadecimal.encode(MD5State.hash(text))
        defer { digits.cleanse() }
        return Secret(digits)
    }
}
