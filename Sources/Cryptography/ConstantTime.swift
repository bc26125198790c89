import COpenSSL

/// Comparison in a time that depends on the lengths only, so that a peer cannot guess a proof octet by octet.
public enum ConstantTime {
    public static func areEqual(_ left: RawSpan, _ right: RawSpan) -> Bool {
        guard left.byteCount == right.byteCount else { return false }
        guard left.byteCount > 0 else { return true }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in CRYPTO_memcmp(left.baseAddress, right.baseAddress, left.count) == 0 }
        }
    }

    public static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        self.areEqual(left.span.bytes, right.span.bytes)
    }
}
