/// Why a capture file cannot be read on. What stands before it has been read.
public struct CaptureError: Error, Sendable, Hashable {
    public enum Code: Sendable, Hashable {
        /// No capture file begins like this.
        case unknownFormat(magic: UInt32)
        /// The file ends within a record: how much of it there is.
        case cut(record: String, have: Int, need: Int)
        /// A length that cannot be.
        case badLength(record: String, value: UInt64, limit: UInt64)
        /// The length of a block is not repeated behind it.
        case lengthsDiffer(before: UInt32, after: UInt32)
        /// A byte-order mark that is neither way round.
        case badByteOrder(UInt32)
        /// A packet of an interface that was not described.
        case unknownInterface(UInt32)
        /// A major version that nobody has defined.
        case unknownVersion(Int)
    }

    public var code: Code
    /// Where in the file, decompressed, the record begins.
    public var offset: UInt64

    public init(_ code: Code, at offset: UInt64) {
        self.code = code
        self.offset = offset
    }
}

extension CaptureError: CustomStringConvertible {
    public var description: String {
        let what =
            switch self.code {
            case .unknownFormat(let magic):
                "this is no pcap or pcapng file: it begins with \(String(magic, radix: 16))"
            case .cut(let record, let have, let need): "the file is cut: \(record) has \(have) of \(need) octets"
            case .badLength(let record, let value, let limit):
                "\(record) claims \(value) octets, where at most \(limit) can be"
            case .lengthsDiffer(let before, let after): "a block is \(before) octets long before and \(after) behind it"
            case .badByteOrder(let mark): "a section has the byte order mark \(String(mark, radix: 16))"
            case .unknownInterface(let number): "a packet is of interface \(number), which was not described"
            case .unknownVersion(let version): "version \(version) of the format is unknown"
            }
        return "\(what), at offset \(self.offset)"
    }
}
