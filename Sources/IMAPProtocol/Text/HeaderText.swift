import Traffic

/// Header fields of messages (RFC 5322) and the encoded words in them (RFC 2047).
enum HeaderText {
    /// Only so many octets of a field are decoded; more would not be shown.
    private static let limit = 1024

    /// The value of the first field `name` (in capitals) in the header at the beginning of `range`, folded lines
    /// included.
    static func field(_ name: StaticString, _ text: RawSpan, _ range: Range<Int>) -> Range<Int>? {
        var line = range.lowerBound
        let length = name.utf8CodeUnitCount
        while line < range.upperBound {
            let end = HeaderText.lineEnd(text, line, range.upperBound)
            let first = text[line]
            // The empty line ends the header.
            if first == 0x0A || (first == 0x0D && end - line <= 2) { return nil }
            let colon = line + length
            if colon < end, text[colon] == UInt8(ascii: ":"), text.matches(line..<colon, name) {
                var last = end
                while last < range.upperBound, text[last] == 0x20 || text[last] == 0x09 {
                    last = HeaderText.lineEnd(text, last, range.upperBound)
                }
                return HeaderText.trimmed(text, colon + 1..<last)
            }
            line = end
        }
        return nil
    }

    private static func lineEnd(_ text: RawSpan, _ start: Int, _ limit: Int) -> Int {
        var index = start
        while index < limit, text[index] != 0x0A { index += 1 }
        return min(index + 1, limit)
    }

    private static func trimmed(_ text: RawSpan, _ range: Range<Int>) -> Range<Int> {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high, text[low] == 0x20 || text[low] == 0x09 { low += 1 }
        while high > low, text[high - 1] <= 0x20 { high -= 1 }
        return low..<high
    }

    /// The text of a field: unfolded, encoded words in UTF-8, US-ASCII and ISO-8859-1 decoded, all else as it is.
    static func decode(_ text: RawSpan, _ range: Range<Int>) -> String {
        let range = range.lowerBound..<min(range.upperBound, range.lowerBound + HeaderText.limit)
        var result = ""
        var index = range.lowerBound
        var pending: EncodedWord?
        while index < range.upperBound {
            if text[index] == UInt8(ascii: "="), var word = EncodedWord(text, index, range.upperBound) {
                index = word.end
                // A character may be split between words of one charset and encoding: their octets are joined first.
                if let before = pending, before.charset == word.charset {
                    word.octets = before.octets + word.octets
                } else if let before = pending {
                    result += before.text
                }
                pending = word
                continue
            }
            // White space between encoded words is dropped (RFC 2047 section 6.2), elsewhere kept.
            let start = index
            while index < range.upperBound, [0x20, 0x09, 0x0D, 0x0A].contains(text[index]) { index += 1 }
            if index > start {
                let betweenWords =
                    pending != nil && index < range.upperBound && text[index] == UInt8(ascii: "=")
                    && EncodedWord(text, index, range.upperBound) != nil
                if betweenWords { continue }
            }
            if let before = pending {
                result += before.text
                pending = nil
            }
            if index > start {
                for position in start..<index where text[position] == 0x20 || text[position] == 0x09 {
                    result.unicodeScalars.append(" ")
                }
                continue
            }
            if text[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound,
                text[index + 1] == UInt8(ascii: "\"") || text[index + 1] == UInt8(ascii: "\\")
            {
                index += 1
            }
            if let scalar = WireText.scalar(text, &index, range.upperBound) {
                result.unicodeScalars.append(scalar)
            } else {
                result += WireText.show(text, index..<index + 1)
                index += 1
            }
        }
        if let before = pending { result += before.text }
        return result
    }
}
