import Traffic

/// What must be known of a line whose text is no longer kept: its last octets, where a literal may be announced, and
/// whether a quoted string is open.
struct LineOverflow: Sendable {
    /// The longest announcement as it is kept here: `~{`, two zeros, ``digits`` digits, `+}`, CR LF.
    private static let tailLength = 64
    /// More digits than any size that fits, so that cutting the rest leaves it one that does not.
    private static let digits = 40

    private(set) var tail: [UInt8] = []
    private(set) var quotes = QuoteScanner()
    /// Set behind a `{` while only digits follow: how many zeros lead, and how many digits stand behind them.
    private var number: (zeros: Int, digits: Int)?

    mutating func take(_ bytes: RawSpan) {
        self.quotes.scan(bytes)
        for index in 0..<bytes.byteCount { self.take(bytes[index]) }
        if self.tail.count > Self.tailLength { self.tail.removeFirst(self.tail.count - Self.tailLength) }
    }

    /// Leading zeros and digits beyond 63 bits say nothing more, however many there are: an announcement of any length
    /// fits the tail, and means what it means in a line that is kept.
    private mutating func take(_ octet: UInt8) {
        if var number = self.number, octet &- 0x30 < 10 {
            if octet == 0x30, number.digits == 0 { number.zeros += 1 } else { number.digits += 1 }
            let isKept = number.digits == 0 ? number.zeros <= 2 : number.digits <= Self.digits
            // A count that only grows must not wrap.
            self.number = (zeros: min(number.zeros, 3), digits: min(number.digits, Self.digits + 1))
            if !isKept { return }
        } else {
            self.number = octet == UInt8(ascii: "{") ? (zeros: 0, digits: 0) : nil
        }
        self.tail.append(octet)
        if self.tail.count >= 4 * Self.tailLength { self.tail.removeFirst(self.tail.count - Self.tailLength) }
    }
}
