import Cryptography
import Traffic

/// The PRF of TLS 1.0 to 1.2: as many octets as wanted from a secret, a label and a seed.
struct PseudorandomFunction: Sendable, Hashable {
    /// Nil: MD5 and SHA-1 together (RFC 4346 section 5); otherwise one hash (RFC 5246 section 5).
    var hash: Digest?

    init(_ version: ProtocolVersion, _ suite: CipherSuite) {
        self.hash = version < .tls12 ? nil : suite.hash
    }

    func expand(_ secret: Secret, label: String, seed: [UInt8], count: Int) throws(CryptographyError) -> Secret {
        let seed = Array(label.utf8) + seed
        guard let hash = self.hash else {
            var octets = secret.withBytes { Array($0) }
            defer { octets.cleanse() }
            // The halves share an octet when the length is odd.
            let half = (octets.count + 1) / 2
            var first = try Self.expand(Secret(octets.prefix(half)), seed, count, .md5)
            var second = try Self.expand(Secret(octets.suffix(half)), seed, count, .sha1)
            defer {
                first.cleanse()
                second.cleanse()
            }
            return Secret(zip(first, second).map { $0 ^ $1 })
        }
        var octets = try Self.expand(secret, seed, count, hash)
        defer { octets.cleanse() }
        return Secret(octets)
    }

    /// The hash of the handshake messages for the extended master secret (RFC 7627 section 3).
    func sessionHash(_ messages: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let hash = self.hash else { return try Digest.md5.hash(messages) + Digest.sha1.hash(messages) }
        return try hash.hash(messages)
    }

    /// P_hash: A(i) = HMAC(A(i-1)), and of each HMAC(A(i) and the seed).
    private static func expand(
        _ secret: Secret,
        _ seed: [UInt8],
        _ count: Int,
        _ hash: Digest
    ) throws(CryptographyError) -> [UInt8] {
        var output: [UInt8] = []
        var chain = seed
        while output.count < count {
            chain = try HMAC.authenticationCode(for: chain, key: secret, using: hash)
            output += try HMAC.authenticationCode(for: chain + seed, key: secret, using: hash)
        }
        output.removeLast(output.count - count)
        return output
    }
}
