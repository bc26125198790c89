/// How much output a stream may make of how much input: what stops a bomb.
///
/// DEFLATE makes at most 1032 octets of one. Real mail holds long runs too (an attachment of zeros), so only output that
/// exceeds `ratio` counts, what comes in later is set off against it, and `allowance` is what may be open in all.
public struct InflateLimits: Sendable, Hashable {
    /// Octets of output that each octet of input may make without being counted.
    public var ratio: Int
    /// Octets of output beyond `ratio` that may be open at any time.
    public var allowance: Int

    public init(ratio: Int, allowance: Int) {
        self.ratio = ratio
        self.allowance = allowance
    }

    /// Mail compresses 2 to 20 times; 64 MiB of zeros pass.
    public static let standard = InflateLimits(ratio: 100, allowance: 64 << 20)
    public static let none = InflateLimits(ratio: 1033, allowance: .max)
}
