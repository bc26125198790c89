/// What must be known of a line whose text is no longer kept: its last octets, where a literal may be announced, and
/// whether a quoted string is open.
struct LineOverflow: Sendable {
    /// The longest announcement that means anything: `~{`, 20 digits, `+}`, CR LF.
    private static let tailLength = 64

    private(set) var tail: [UInt8] = []
    private(set) var quotes = QuoteScanner()

    mutating func take(_ bytes: RawSpan) {
        self.quotes.scan(bytes)
        let kept = bytes.extracting(max(0, bytes.byteCount - Self.tailLength)..<bytes.byteCount)
        unsafe kept.withUnsafeBytes { unsafe self.tail.append(contentsOf: $0) }
        if self.tail.count > Self.tailLength { self.tail.removeFirst(self.tail.count - Self.tailLength) }
    }
}
