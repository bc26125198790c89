/// What a MAC covers beside the content, and an AEAD cipher as additional data (RFC 5246 sections 6.2.3.1 and 6.2.3.3).
///
/// ```
/// sequence number 8 | type 1 | version 2 | length 2
/// ```
struct RecordIdentity {
    private var octets: (UInt64, UInt64)

    static let byteCount = 13

    init(_ sequence: UInt64, _ header: RecordHeader, length: Int) {
        let rest =
            UInt64(header.type) << 56 | UInt64(header.version.code) << 40 | UInt64(truncatingIfNeeded: length) << 24
        self.octets = (sequence.bigEndian, rest.bigEndian)
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: self.octets) { body(UnsafeRawBufferPointer(rebasing: $0[0..<Self.byteCount])) }
    }
}
