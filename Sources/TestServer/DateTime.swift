public import Traffic

/// A date-time of RFC 3501 section 9: what INTERNALDATE holds. The zone is kept, for the client sees it.
public struct DateTime: Sendable, Hashable {
    public var year: Int
    /// 1 to 12.
    public var month: Int
    public var day: Int
    public var hour: Int
    public var minute: Int
    public var second: Int
    /// Minutes east of Greenwich.
    public var zone: Int

    static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// The time in UTC.
    public init(_ time: Timestamp) {
        var seconds = time.nanoseconds / 1_000_000_000
        if time.nanoseconds % 1_000_000_000 < 0 { seconds -= 1 }
        var days = seconds / 86400
        if seconds % 86400 < 0 { days -= 1 }
        let rest = Int(seconds - days * 86400)
        (self.year, self.month, self.day) = Self.civil(fromDays: Int(days))
        self.hour = rest / 3600
        self.minute = rest / 60 % 60
        self.second = rest % 60
        self.zone = 0
    }

    /// Reads `dd-Mon-yyyy hh:mm:ss +zzzz`; the day may begin with a space.
    public init?(parsing text: [UInt8]) {
        let words = text.split(separator: UInt8(ascii: " "))
        guard words.count == 3, let date = Self.date(Array(words[0])), let zone = Self.zone(words[2]) else {
            return nil
        }
        let clock = words[1].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
            Self.number($0)
        }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2] else { return nil }
        guard hour < 24, minute < 60, second < 61 else { return nil }
        (self.year, self.month, self.day) = date
        (self.hour, self.minute, self.second, self.zone) = (hour, minute, second, zone)
    }

    /// The day as a number, time and zone disregarded, as SEARCH compares dates (RFC 3501 section 6.4.4).
    public var dayNumber: Int { Self.days(self.year, self.month, self.day) }

    /// The text between the quotes of INTERNALDATE.
    public var text: String {
        let sign = self.zone < 0 ? "-" : "+"
        let zone = abs(self.zone)
        let day = self.day < 10 ? " \(self.day)" : "\(self.day)"
        let clock = "\(Self.two(self.hour)):\(Self.two(self.minute)):\(Self.two(self.second))"
        return
            "\(day)-\(Self.months[self.month - 1])-\(self.year) \(clock) \(sign)\(Self.two(zone / 60))\(Self.two(zone % 60))"
    }

    /// The day number of a `date` of SEARCH: `d-Mon-yyyy`.
    static func dayNumber(ofDate text: [UInt8]) -> Int? {
        self.date(text).map { self.days($0.year, $0.month, $0.day) }
    }

    /// The day number of a Date header field (RFC 5322 section 3.3), its zone disregarded.
    static func dayNumber(ofHeader text: [UInt8]) -> Int? {
        var words = text.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: ",") }
        if let first = words.first, Self.number(first) == nil { words.removeFirst() }
        guard words.count >= 3, let day = Self.number(words[0]), let month = Self.month(words[1]) else { return nil }
        guard let year = Self.number(words[2]), (1...31).contains(day) else { return nil }
        return self.days(year < 50 ? year + 2000 : year < 1000 ? year + 1900 : year, month, day)
    }

    private static func date(_ text: [UInt8]) -> (year: Int, month: Int, day: Int)? {
        let fields = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard fields.count == 3, fields[2].count == 4, let day = self.number(fields[0]), (1...31).contains(day) else {
            return nil
        }
        guard let month = self.month(fields[1]), let year = self.number(fields[2]) else { return nil }
        return (year, month, day)
    }

    private static func zone(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.count == 5, let sign = text.first, let digits = self.number(text.dropFirst()) else { return nil }
        guard digits % 100 < 60 else { return nil }
        let minutes = digits / 100 * 60 + digits % 100
        switch sign {
        case UInt8(ascii: "+"): return minutes
        case UInt8(ascii: "-"): return -minutes
        default: return nil
        }
    }

    private static func month(_ name: ArraySlice<UInt8>) -> Int? {
        let wanted = String(decoding: name, as: UTF8.self).lowercased()
        return self.months.firstIndex { $0.lowercased() == wanted }.map { $0 + 1 }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(digits.count), digits.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Days since 1970-01-01 of a day of the Gregorian calendar; years begin in March, so that the leap day comes last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
    }

    private static func civil(fromDays days: Int) -> (Int, Int, Int) {
        let shifted = days + 719468
        let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
