import Traffic

/// Whether octets have the shape of a date; months by name, days in their range.
enum DateShape {
    /// `dd-Mon-yyyy hh:mm:ss +zzzz`; a day of one digit has a space before it.
    static func isDateTime(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        guard range.count == 26, text[start + 11] == 0x20, text[start + 20] == 0x20 else { return false }
        let day = text[start] == 0x20 ? self.number(text, start + 1, 1) : self.number(text, start, 2)
        guard let day, (1...31).contains(day), self.isMonthAndYear(text, start + 2),
            let hour = self.number(text, start + 12, 2), hour < 24, text[start + 14] == 0x3A,
            let minute = self.number(text, start + 15, 2), minute < 60, text[start + 17] == 0x3A,
            let second = self.number(text, start + 18, 2), second <= 60,
            text[start + 21] == 0x2B || text[start + 21] == 0x2D
        else { return false }
        return self.number(text, start + 22, 4) != nil
    }

    /// `d-Mon-yyyy` or `dd-Mon-yyyy`.
    static func isDate(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        let digits = range.count - 9
        guard digits == 1 || digits == 2, let day = self.number(text, range.lowerBound, digits) else { return false }
        return (1...31).contains(day) && self.isMonthAndYear(text, range.lowerBound + digits)
    }

    /// `-Mon-yyyy`
    private static func isMonthAndYear(_ text: RawSpan, _ start: Int) -> Bool {
        guard text[start] == 0x2D, text[start + 4] == 0x2D, self.number(text, start + 5, 4) != nil else { return false }
        var month: UInt32 = 0
        for index in start + 1...start + 3 { month = month << 8 | UInt32(text[index] | 0x20) }
        switch month {
        case 0x6A616E, 0x666562, 0x6D6172, 0x617072, 0x6D6179, 0x6A756E, 0x6A756C, 0x617567, 0x736570, 0x6F6374,
            0x6E6F76, 0x646563:
            return true
        default: return false
        }
    }

    private static func number(_ text: RawSpan, _ start: Int, _ digits: Int) -> Int? {
        var value = 0
        for index in start..<start + digits {
            let digit = text[index] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }
}

/// Whether octets are base64 (RFC 4648 section 4), padding included.
enum Base64Shape {
    static func isValid(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        guard range.count % 4 == 0 else { return false }
        var end = range.upperBound
        if end > range.lowerBound, text[end - 1] == 0x3D { end -= 1 }
        if end > range.lowerBound, end < range.upperBound, text[end - 1] == 0x3D { end -= 1 }
        for index in range.lowerBound..<end {
            switch text[index] {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2F: continue
            default: return false
            }
        }
        return true
    }
}
