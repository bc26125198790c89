/// Cleartext that is not there, because records are missing or cannot be opened.
public struct CleartextGap: Sendable, Hashable {
    /// Octets of cleartext, as well as that can be told.
    public var octets: UInt64
    /// Octets of the stream of records that are behind it, those of the records' headers included.
    public var recordOctets: UInt64
    /// The number is right if all that is missing was application data: the cipher adds the same to each record.
    public var isExact: Bool

    public init(octets: UInt64, recordOctets: UInt64, isExact: Bool) {
        self.octets = octets
        self.recordOctets = recordOctets
        self.isExact = isExact
    }
}
