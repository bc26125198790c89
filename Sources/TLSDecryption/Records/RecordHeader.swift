import Traffic

/// The five octets before every record (RFC 8446 section 5.1).
///
/// ```
/// type 1 | version 2 | length 2
/// ```
struct RecordHeader: Sendable, Hashable {
    var type: UInt8
    var version: ProtocolVersion
    /// Octets of the record behind the header.
    var length: Int

    static let byteCount = 5
    /// 2^14 octets of content and 2048 that protection may add (RFC 5246 section 6.2.3).
    static let longest = 16_384 + 2048

    init(type: UInt8, version: ProtocolVersion, length: Int) {
        self.type = type
        self.version = version
        self.length = length
    }

    /// Reads the header at `offset`, where five octets are.
    init(_ octets: RawSpan, at offset: Int) {
        self.type = octets[offset]
        self.version = ProtocolVersion(UInt16(octets[offset + 1]) << 8 | UInt16(octets[offset + 2]))
        self.length = Int(octets[offset + 3]) << 8 | Int(octets[offset + 4])
    }

    var contentType: ContentType? { ContentType(rawValue: self.type) }

    /// Whether a record of SSL 3.0 or TLS may begin so.
    var isPlausible: Bool {
        self.contentType != nil && self.version.code >> 8 == 3 && self.version.code & 0xFF <= 4
            && self.length <= Self.longest
    }
}
