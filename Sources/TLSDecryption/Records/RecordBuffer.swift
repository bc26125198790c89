import Traffic

/// Puts the records of one direction together, however the stream is cut.
struct RecordBuffer {
    private var queue = ByteQueue()

    /// What stands at the beginning of the octets that have come.
    enum Step: Sendable, Hashable {
        case record(RecordHeader)
        case needsMore
        /// The hello of a client that would speak SSL 2.0 too (RFC 5246 appendix E.2): so many octets behind two of length.
        case sslv2Hello(length: Int)
        /// No record begins so.
        case invalid(RecordHeader)
    }

    var count: Int { self.queue.count }

    mutating func append(_ octets: RawSpan) {
        self.queue.append(octets)
    }

    /// - Parameter isFirst: nothing of this direction has come before, so that an SSL 2.0 hello may.
    func next(isFirst: Bool) -> Step {
        self.queue.withBytes { octets in
            guard octets.byteCount >= RecordHeader.byteCount else { return .needsMore }
            if isFirst, octets[0] & 0x80 != 0, octets[2] == HandshakeType.clientHello.rawValue {
                let length = Int(octets[0] & 0x7F) << 8 | Int(octets[1])
                return octets.byteCount >= 2 + length ? .sslv2Hello(length: length) : .needsMore
            }
            let header = RecordHeader(octets, at: 0)
            guard header.isPlausible else { return .invalid(header) }
            return octets.byteCount >= RecordHeader.byteCount + header.length ? .record(header) : .needsMore
        }
    }

    /// Calls `body` with all octets that have come.
    func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
        self.queue.withBytes(body)
    }

    func octets(_ range: Range<Int>) -> [UInt8] {
        self.queue.withBytes { octets in octets.extracting(range).withUnsafeBytes { Array($0) } }
    }

    mutating func consume(_ count: Int) {
        self.queue.consume(count)
    }

    /// Forgets everything: how many octets that was.
    mutating func removeAll() -> Int {
        defer { self.queue.removeAll() }
        return self.queue.count
    }
}
