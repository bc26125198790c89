import Traffic

/// A date on the wire: date and date-time of RFC 3501 section 9, or that of a message (RFC 5322 section 3.3).
///
/// Ranges of the text; nothing is computed, so that what is shown is what was sent.
struct WireDate: Sendable {
    private static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

    let day: UInt64
    /// From 0 on.
    let month: Int
    let year: Range<Int>
    /// `02:44` or `02:44:25`; empty when there is none.
    let time: Range<Int>
    /// `-0700` or `GMT`; empty when there is none.
    let zone: Range<Int>

    /// Reads all of `range`; nil when it is no date.
    init?(_ text: RawSpan, _ range: Range<Int>) {
        var cursor = Cursor(index: range.lowerBound, end: range.upperBound)
        cursor.skipSpaces(text)
        // `Wed, ` (RFC 5322 section 3.3, day-of-week)
        let weekday = cursor.letters(text)
        if !weekday.isEmpty {
            _ = cursor.take(UInt8(ascii: ","), text)
            cursor.skipSpaces(text)
        }
        guard let day = text.number(cursor.digits(text)), (1...31).contains(day) else { return nil }
        cursor.skipSeparator(text)
        guard let month = WireDate.month(text, cursor.letters(text)) else { return nil }
        cursor.skipSeparator(text)
        let year = cursor.digits(text)
        guard year.count == 4 || year.count == 2 else { return nil }
        cursor.skipSpaces(text)
        let time = cursor.time(text)
        cursor.skipSpaces(text)
        let zone = cursor.zone(text)
        cursor.skipSpaces(text)
        // A comment may follow in a message's header: `(PDT)`.
        guard cursor.index == cursor.end || text[cursor.index] == UInt8(ascii: "(") else { return nil }
        self.day = day
        self.month = month
        self.year = year
        self.time = time
        self.zone = zone
    }

    private static func month(_ text: RawSpan, _ range: Range<Int>) -> Int? {
        guard range.count == 3 else { return nil }
        for month in 0..<12 {
            let name = self.months.utf8Start + 3 * month
            if (0..<3).allSatisfy({ text[range.lowerBound + $0] | 0x20 == name[$0] | 0x20 }) { return month }
        }
        return nil
    }

    private struct Cursor {
        var index: Int
        let end: Int

        mutating func skipSpaces(_ text: RawSpan) {
            while self.index < self.end, text[self.index] <= 0x20 { self.index += 1 }
        }

        mutating func skipSeparator(_ text: RawSpan) {
            if !self.take(UInt8(ascii: "-"), text) { self.skipSpaces(text) }
        }

        mutating func take(_ octet: UInt8, _ text: RawSpan) -> Bool {
            guard self.index < self.end, text[self.index] == octet else { return false }
            self.index += 1
            return true
        }

        mutating func run(_ text: RawSpan, _ isMember: (UInt8) -> Bool) -> Range<Int> {
            let start = self.index
            while self.index < self.end, isMember(text[self.index]) { self.index += 1 }
            return start..<self.index
        }

        mutating func letters(_ text: RawSpan) -> Range<Int> { self.run(text) { ($0 | 0x20) &- 0x61 < 26 } }
        mutating func digits(_ text: RawSpan) -> Range<Int> { self.run(text) { $0 &- 0x30 < 10 } }

        mutating func time(_ text: RawSpan) -> Range<Int> {
            let start = self.index
            let range = self.run(text) { $0 &- 0x30 < 10 || $0 == UInt8(ascii: ":") }
            if range.count == 5 || range.count == 8, text[start + 2] == UInt8(ascii: ":") { return range }
            self.index = start
            return start..<start
        }

        mutating func zone(_ text: RawSpan) -> Range<Int> {
            let start = self.index
            if self.take(UInt8(ascii: "+"), text) || self.take(UInt8(ascii: "-"), text) {
                if self.digits(text).count == 4 { return start..<self.index }
                self.index = start
                return start..<start
            }
            return self.letters(text)
        }
    }
}

extension Prose {
    /// `17 Jul 1996 02:44:25 -0700`; false, and nothing is written, when `range` holds no date.
    mutating func date(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        guard range.count <= 64, let date = WireDate(text, range) else { return false }
        self.identifier(date.day)
        self.add(" ")
        self.add(WireDate.name(date.month))
        self.add(" ")
        self.append(text, printable: date.year)
        if !date.time.isEmpty {
            self.add(" ")
            self.append(text, printable: date.time)
        }
        if !date.zone.isEmpty {
            self.add(" ")
            if text.matches(date.zone, "+0000") || text.matches(date.zone, "GMT") {
                self.add("UTC")
            } else {
                self.append(text, printable: date.zone)
            }
        }
        return true
    }
}

extension WireDate {
    fileprivate static func name(_ month: Int) -> StaticString {
        switch month {
        case 0: "Jan"
        case 1: "Feb"
        case 2: "Mar"
        case 3: "Apr"
        case 4: "May"
        case 5: "Jun"
        case 6: "Jul"
        case 7: "Aug"
        case 8: "Sep"
        case 9: "Oct"
        case 10: "Nov"
        default: "Dec"
        }
    }
}
