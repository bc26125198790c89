import Traffic

/// Follows quoted strings through a line that arrives in pieces.
struct QuoteScanner: Sendable {
    private(set) var isInside = false
    private var isEscaped = false

    mutating func scan(_ bytes: RawSpan) {
        for index in 0..<bytes.byteCount {
            let octet = bytes[index]
            if self.isEscaped {
                self.isEscaped = false
            } else if octet == UInt8(ascii: "\"") {
                self.isInside.toggle()
            } else if octet == UInt8(ascii: "\\"), self.isInside {
                self.isEscaped = true
            }
        }
    }
}
