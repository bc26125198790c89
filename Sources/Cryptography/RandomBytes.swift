import COpenSSL

/// Octets from OpenSSL's random generator, fit for nonces and keys.
public enum RandomBytes {
    public static func generate(count: Int) throws(CryptographyError) -> [UInt8] {
        precondition(count >= 0 && count <= Int(Int32.max), "a count of octets that RAND_bytes can make")
        var bytes = [UInt8](repeating: 0, count: count)
        guard RAND_bytes(&bytes, Int32(count)) == 1 else {
            throw CryptographyError(operation: "random octets")
        }
        return bytes
    }
}
