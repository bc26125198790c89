import Traffic

/// How a capture file is compressed, told by its first octets.
public enum Compression: String, Sendable, Hashable, CaseIterable {
    case gzip
    case zstd
    case lz4

    /// Octets that tell.
    static let magicLength = 4

    init?(magic: RawSpan) {
        guard magic.byteCount >= 4 else { return nil }
        switch (magic[0], magic[1], magic[2], magic[3]) {
        // RFC 1952 section 2.3.1: DEFLATE is the only method there is.
        case (0x1F, 0x8B, 0x08, _): self = .gzip
        // RFC 8878 section 3.1: a frame, or a skippable one before it.
        case (0x28, 0xB5, 0x2F, 0xFD), (0x50...0x5F, 0x2A, 0x4D, 0x18): self = .zstd
        case (0x04, 0x22, 0x4D, 0x18): self = .lz4
        default: return nil
        }
    }
}
