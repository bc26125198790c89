import Traffic

/// Turns the octets of a compressed file into those of the capture, a bounded piece at a time.
protocol Decompressor {
    /// Whether there is more to come out without more input.
    var hasPendingOutput: Bool { get }

    /// Takes octets of `input` and appends what comes out to `output`: one piece at most.
    ///
    /// - Returns: how many octets of `input` were taken.
    mutating func decompress(_ input: RawSpan, into output: inout [UInt8]) throws(DecompressionError) -> Int

    /// The file has ended: throws when the compression has not.
    mutating func finish() throws(DecompressionError)
}

/// Why nothing more comes out.
enum DecompressionError: Error, Sendable, Hashable {
    case damaged(reason: String)
    case tooMuch(produced: UInt64)
}

/// Octets that may come out for each one that went in, beyond an allowance: captures of real traffic stay far below, and
/// nobody should wait for the end of a bomb.
struct ExpansionLimit: Sendable, Hashable {
    static let ratio: UInt64 = 400
    static let allowance: UInt64 = 1 << 30

    static func allows(_ produced: UInt64, from taken: UInt64) -> Bool {
        produced <= Self.allowance + taken * Self.ratio
    }
}
