import Traffic

/// The end of what a server sent inside a literal: when it goes silent there behind what reads like the completion of a
/// command, the literal's count was too large.
struct LiteralWatch {
    private static let length = 2048

    /// The last octets that arrived inside the literal.
    private(set) var tail: [UInt8] = []
    /// Where in the stream the answer begins that the client took for one: it went on with its next command.
    var suspected: UInt64?
    /// What came from the server since then, not read yet.
    var undecided: [UInt8] = []

    mutating func keep(_ octets: RawSpan) {
        let kept = octets.extracting(max(0, octets.byteCount - Self.length)..<octets.byteCount)
        let excess = self.tail.count + kept.byteCount - Self.length
        if excess > 0 { self.tail.removeFirst(min(excess, self.tail.count)) }
        kept.withUnsafeBytes { self.tail.append(contentsOf: $0) }
    }

    mutating func reset() {
        if !self.tail.isEmpty { self.tail.removeAll(keepingCapacity: true) }
    }

    /// The last line, when the octets end with it; nil when its beginning is not known.
    ///
    /// - Parameter received: octets of the literal so far; the literal's first octet begins a line.
    func lastLine(received: UInt64) -> Range<Int>? {
        guard let last = self.tail.last, last == 0x0A else { return nil }
        var start = self.tail.count - 1
        while start > 0, self.tail[start - 1] != 0x0A { start -= 1 }
        let isKnown = start > 0 || UInt64(self.tail.count) == received
        return isKnown ? start..<self.tail.count : nil
    }
}
