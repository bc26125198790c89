/// How one direction's records are protected under one set of keys.
protocol RecordProtection: AnyObject {
    /// The least number of octets that a protected record has behind its header.
    var leastLength: Int { get }

    /// Octets of a record, its header included, that are not content, when every record has the same; nil where padding
    /// varies.
    var fixedOverhead: Int? { get }

    /// Whether a record can be opened when others before it are missing.
    var isSelfContained: Bool { get }

    /// Opens the record with this number, and writes its content to the beginning of `output`.
    ///
    /// It changes nothing: the same record may be tried with another number.
    func open(_ header: RecordHeader, _ body: RawSpan, sequence: UInt64, into output: PlaintextBuffer) -> OpenedRecord

    /// The record is behind us, whether it could be opened or not: for protection that chains records.
    func pass(_ body: RawSpan)

    /// Prepares for a record that does not follow the one before: `preceding` are the octets right before its header.
    ///
    /// - Returns: false when that is not possible here.
    func resume(after preceding: RawSpan) -> Bool
}

extension RecordProtection {
    var isSelfContained: Bool { true }
    func pass(_ body: RawSpan) {}
    func resume(after preceding: RawSpan) -> Bool { true }
}

/// What came of opening a record.
enum OpenedRecord: Sendable, Hashable {
    /// Content of this type; its octets in the plaintext buffer, and how many zeros stood behind it (TLS 1.3).
    case content(type: UInt8, Range<Int>, padding: Int)
    case failure(RecordFailure)
}

/// Why a record could not be opened.
public enum RecordFailure: Sendable, Hashable, CustomStringConvertible {
    /// The tag or MAC does not fit: other keys, another place in the stream, or changed octets.
    case authentication
    /// Shorter than its protection, or no whole blocks.
    case length
    /// TLS 1.3: nothing but zeros, so that it has no type (RFC 8446 section 5.4).
    case noType

    public var description: String {
        switch self {
        case .authentication: "its authentication code does not fit"
        case .length: "its length cannot be right"
        case .noType: "it has no content type"
        }
    }
}
