import Cryptography
import Traffic

/// One-time passwords by a chain of hashes, RFC 2289.
enum OTP {
    /// The 8 octets that answer a challenge with `sequence` and `seed`; nil where OpenSSL lacks the function or MD4 is asked for.
    static func password(
        passphrase: Secret,
        seed: [UInt8],
        sequence: Int,
        using digest: Digest
    ) throws(CryptographyError) -> Secret {
        // RFC 2289 section 6.0: seeds are compared and hashed in lower case.
        var text = seed.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        text.reserveCapacity(seed.count + passphrase.count)
        passphrase.withBytes { text.append(contentsOf: $0) }
        defer { text.cleanse() }
        var value = try self.folded(text, digest)
        defer { value.cleanse() }
        for _ in 0..<sequence { value = try self.folded(value, digest) }
        return Secret(value)
    }

    /// A hash folded to 64 bits (RFC 2289 appendix A). The words of SHA-1 are written low octet first in the end.
    private static func folded(_ octets: [UInt8], _ digest: Digest) throws(CryptographyError) -> [UInt8] {
        var hash = digest == .md5 ? MD5State.hash(octets) : try digest.hash(octets)
        defer { hash.cleanse() }
        guard digest == .sha1 else { return (0..<8).map { hash[$0] ^ hash[$0 + 8] } }
        let order: [Int] = [3, 2, 1, 0, 7, 6, 5, 4]
        return order.map { index -> UInt8 in
            let pair: UInt8 = hash[index] ^ hash[index + 8]
            return index < 4 ? pair ^ hash[index + 16] : pair
        }
    }
}
