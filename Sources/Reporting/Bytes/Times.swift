import Traffic

extension ByteWriter {
    /// Appends `time` as RFC 3339 in UTC, with `digits` (0 to 9) digits of the second's fraction.
    mutating func append(_ time: Timestamp, fraction digits: Int) {
        let second: Int64 = 1_000_000_000
        var seconds = time.nanoseconds / second
        var nanoseconds = time.nanoseconds % second
        if nanoseconds < 0 {
            nanoseconds += second
            seconds -= 1
        }
        var days = seconds / 86_400
        var clock = seconds % 86_400
        if clock < 0 {
            clock += 86_400
            days -= 1
        }
        let date = CivilDate(daysSinceEpoch: days)
        self.append(decimal: UInt64(date.year), digits: 4)
        self.append(UInt8(ascii: "-"))
        self.append(decimal: UInt64(date.month), digits: 2)
        self.append(UInt8(ascii: "-"))
        self.append(decimal: UInt64(date.day), digits: 2)
        self.append(UInt8(ascii: "T"))
        self.append(decimal: UInt64(clock / 3600), digits: 2)
        self.append(UInt8(ascii: ":"))
        self.append(decimal: UInt64(clock / 60 % 60), digits: 2)
        self.append(UInt8(ascii: ":"))
        self.append(decimal: UInt64(clock % 60), digits: 2)
        if digits > 0 {
            self.append(UInt8(ascii: "."))
            var scaled = UInt64(nanoseconds)
            for _ in digits..<9 { scaled /= 10 }
            self.append(decimal: scaled, digits: digits)
        }
        self.append(UInt8(ascii: "Z"))
    }

    /// Appends a length of time as people say it: `0.8 ms`, `400 ms`, `12.3 s`, `4 min 10 s`, `2 h 5 min`.
    mutating func append(duration nanoseconds: Int64) {
        if nanoseconds < 0 { self.append(UInt8(ascii: "-")) }
        let amount = nanoseconds.magnitude
        switch amount {
        // The limits stand where rounding would show the next unit.
        case ..<50_000:
            self.append("<0.1 ms")
        case ..<9_950_000:
            self.append(tenths: (amount + 50_000) / 100_000)
            self.append(" ms")
        case ..<999_500_000:
            self.append(decimal: (amount + 500_000) / 1_000_000)
            self.append(" ms")
        case ..<59_950_000_000:
            self.append(tenths: (amount + 50_000_000) / 100_000_000)
            self.append(" s")
        case ..<3_599_500_000_000:
            let seconds = (amount + 500_000_000) / 1_000_000_000
            self.append(decimal: seconds / 60)
            self.append(" min ")
            self.append(decimal: seconds % 60)
            self.append(" s")
        default:
            let minutes = (amount + 30_000_000_000) / 60_000_000_000
            self.append(grouped: minutes / 60)
            self.append(" h ")
            self.append(decimal: minutes % 60)
            self.append(" min")
        }
    }

    private mutating func append(tenths: UInt64) {
        self.append(decimal: tenths / 10)
        self.append(UInt8(ascii: "."))
        self.append(decimal: tenths % 10)
    }

    /// Appends seconds with three decimals, right-aligned in `width` columns.
    mutating func append(seconds nanoseconds: Int64, width: Int) {
        let milliseconds = nanoseconds.magnitude / 1_000_000
        var digits = 1
        var rest = milliseconds / 10_000
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        let negative = nanoseconds < 0 && milliseconds > 0
        self.append(UInt8(ascii: " "), times: width - digits - 4 - (negative ? 1 : 0))
        if negative { self.append(UInt8(ascii: "-")) }
        self.append(decimal: milliseconds / 1000)
        self.append(UInt8(ascii: "."))
        self.append(decimal: milliseconds % 1000, digits: 3)
    }

    /// Appends milliseconds with three decimals, as JSON has numbers.
    mutating func append(milliseconds nanoseconds: Int64) {
        if nanoseconds <= -1000 { self.append(UInt8(ascii: "-")) }
        let microseconds = nanoseconds.magnitude / 1000
        self.append(decimal: microseconds / 1000)
        self.append(UInt8(ascii: "."))
        self.append(decimal: microseconds % 1000, digits: 3)
    }
}

/// A day of the Gregorian calendar, extended to all times that a ``Timestamp`` can hold (1677 to 2262).
struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(daysSinceEpoch: Int64) {
        // Years are counted from March, so that the leap day is the last of its year, and from 1600-03-01, before
        // which no timestamp reaches by more than the calendar repeats itself: every 400 years of 146,097 days.
        let shifted = daysSinceEpoch + 135_080
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        // Months from March have 31 30 31 30 31 31 30 31 30 31 31 days: 153 in five.
        let marchMonth = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        self.month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.year = 1600 + era * 400 + yearOfEra + (self.month <= 2 ? 1 : 0)
    }
}
