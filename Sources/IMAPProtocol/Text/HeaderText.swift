import Traffic

/// Header fields of messages (RFC 5322) and the encoded words in them (RFC 2047).
public enum HeaderText {
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

    /// Whether a field can be shown as it is: printable ASCII without encoded words and escapes.
    static func isPlain(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        var before: UInt8 = 0
        for index in range {
            let octet = text[index]
            if octet &- 0x20 >= 0x5F || octet == UInt8(ascii: "\\") { return false }
            if octet == UInt8(ascii: "?"), before == UInt8(ascii: "=") { return false }
            before = octet
        }
        return true
    }

    /// The text of a field: unfolded, encoded words decoded or named by their charset, all else as it is.
    public static func decode(_ text: RawSpan, _ range: Range<Int>) -> String {
        let range = range.lowerBound..<min(range.upperBound, range.lowerBound + HeaderText.limit)
        var result = ""
        var index = range.lowerBound
        var pending = Pending()
        while index < range.upperBound {
            if text[index] == UInt8(ascii: "="), let word = EncodedWord(text, index, range.upperBound) {
                index = word.end
                pending.append(word, text, to: &result)
                continue
            }
            // White space between encoded words is dropped (RFC 2047 section 6.2), elsewhere kept.
            let start = index
            while index < range.upperBound, HeaderText.isSpace(text[index]) { index += 1 }
            if index > start, pending.isOpen, index < range.upperBound, text[index] == UInt8(ascii: "="),
                EncodedWord(text, index, range.upperBound) != nil
            {
                continue
            }
            pending.close(&result)
            if index > start {
                for position in start..<index where text[position] == 0x20 || text[position] == 0x09 {
                    result.unicodeScalars.append(" ")
                }
                continue
            }
            HeaderText.character(text, &index, range.upperBound, to: &result)
        }
        pending.close(&result)
        return result
    }

    private static func isSpace(_ octet: UInt8) -> Bool {
        octet == 0x20 || octet == 0x09 || octet == 0x0D || octet == 0x0A
    }

    /// One character that is in no encoded word; an escape is dropped (RFC 3501 section 9, quoted).
    private static func character(_ text: RawSpan, _ index: inout Int, _ end: Int, to result: inout String) {
        if text[index] == UInt8(ascii: "\\"), index + 1 < end,
            text[index + 1] == UInt8(ascii: "\"") || text[index + 1] == UInt8(ascii: "\\")
        {
            index += 1
        }
        if let scalar = WireText.scalar(text, &index, end) {
            result.unicodeScalars.append(scalar)
        } else {
            result += WireText.show(text, index..<index + 1)
            index += 1
        }
    }

    /// Encoded words side by side: a character may be split between words of one charset, so their octets are joined
    /// before they are decoded.
    private struct Pending {
        private var charset: Charset?
        private var octets: [UInt8] = []
        private(set) var isOpen = false

        mutating func append(_ word: EncodedWord, _ text: RawSpan, to result: inout String) {
            if let charset = word.charset {
                if let open = self.charset, open.isSame(charset) {
                    self.octets += word.octets
                } else {
                    self.close(&result)
                    self.charset = charset
                    self.octets = word.octets
                }
            } else {
                self.close(&result)
                result += "(text in \(WireText.show(text, word.charsetName, limit: 20)))"
            }
            self.isOpen = true
        }

        mutating func close(_ result: inout String) {
            if let charset = self.charset { result += charset.decode(self.octets) }
            self.charset = nil
            self.isOpen = false
        }
    }
}
