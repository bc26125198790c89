public import Traffic

/// The second half of HKDF (RFC 5869 section 2.3): as many octets as wanted from a key that is one already.
public enum HKDF {
    public static func expand(
        _ key: Secret,
        info: [UInt8],
        count: Int,
        using digest: Digest
    ) throws(CryptographyError) -> Secret {
        precondition((0...255 * digest.byteCount).contains(count), "HKDF cannot make so many octets")
        var output: [UInt8] = []
        var block: [UInt8] = []
        defer {
            output.cleanse()
            block.cleanse()
        }
        var number: UInt8 = 0
        while output.count < count {
            number += 1
            block = try HMAC.authenticationCode(for: block + info + [number], key: key, using: digest)
            output += block
        }
        return Secret(output.prefix(count))
    }
}
