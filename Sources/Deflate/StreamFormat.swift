/// What stands around the blocks of a DEFLATE stream.
public enum StreamFormat: Sendable, Hashable {
    /// Nothing: RFC 1951 alone, as COMPRESS=DEFLATE uses it (RFC 4978 section 4).
    case raw
    /// The members of a gzip file (RFC 1952); several may follow each other.
    case gzip

    /// zlib's `windowBits`: negative for no header, 16 more for gzip's. A window of 32 KiB reads every stream.
    var windowBits: Int32 {
        switch self {
        case .raw: -15
        case .gzip: 15 + 16
        }
    }
}
