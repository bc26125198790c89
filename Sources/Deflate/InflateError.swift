/// Why a stream cannot be inflated any further.
public struct InflateError: Error, Sendable, Hashable {
    public enum Code: Sendable, Hashable {
        /// The octets are no DEFLATE stream, or a checksum is wrong; `reason` is zlib's word for it.
        case corrupt(reason: String)
        /// More output than the limits allow; `actual` is what exceeds the ratio.
        case ratio(InflateLimits, actual: UInt64)
        /// The input ended inside the stream.
        case truncated
        /// Something follows the last gzip member that is neither a member nor padding.
        case trailingOctets
        case outOfMemory
    }

    public var code: Code
    /// Octets of the compressed stream that were taken when it was found.
    public var offset: UInt64
    /// Octets that had come out until then.
    public var produced: UInt64

    public init(_ code: Code, offset: UInt64, produced: UInt64) {
        self.code = code
        self.offset = offset
        self.produced = produced
    }
}
