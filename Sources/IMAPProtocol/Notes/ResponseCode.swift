import Traffic

/// `[NAME arguments]` at the beginning of a status response's text (RFC 3501 section 7.1).
struct ResponseCode: Sendable {
    let name: Range<Int>
    /// Where the arguments begin.
    let arguments: Int
    /// Offset of the `]`, or of the line's end when it is missing.
    let end: Int
    /// Where the text for people begins.
    let text: Int

    /// The code at `start`; nil when there is none.
    init?(_ text: RawSpan, from start: Int) {
        let limit = ResponseCode.lineEnd(text, from: start)
        guard start < limit, text[start] == UInt8(ascii: "[") else { return nil }
        var index = start + 1
        while index < limit, text[index] != 0x20, text[index] != UInt8(ascii: "]") { index += 1 }
        self.name = start + 1..<index
        self.arguments = index
        // A bracket inside a quoted string or a list (a flag may hold one) does not end the code, unless none other does.
        var quoted = false
        var depth = 0
        var first: Int?
        var end: Int?
        while index < limit {
            switch text[index] {
            case UInt8(ascii: "\\") where quoted: index += 1
            case UInt8(ascii: "\""): quoted.toggle()
            case UInt8(ascii: "(") where !quoted: depth += 1
            case UInt8(ascii: ")") where !quoted: depth -= 1
            case UInt8(ascii: "]"):
                first = first ?? index
                if !quoted, depth <= 0 { end = index }
            default: break
            }
            if end != nil { break }
            index += 1
        }
        self.end = end ?? first ?? limit
        var rest = min(self.end + 1, limit)
        while rest < limit, text[rest] == 0x20 { rest += 1 }
        self.text = rest
    }

    /// Where the first line ends.
    static func lineEnd(_ text: RawSpan, from start: Int) -> Int {
        var index = start
        while index < text.byteCount, text[index] != 0x0A { index += 1 }
        if index > start, text[index - 1] == 0x0D { index -= 1 }
        return index
    }
}
