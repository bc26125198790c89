import Traffic

/// Times as logs write them. Zones are not written by most: all are taken for UTC.
enum LogTime {
    /// `2026-11-24 14:38:14.123456`, `2026-11-24T14:38:14Z`
    static func date(_ text: String) -> Timestamp? {
        let fields = text.split(whereSeparator: { !$0.isASCII || !$0.isNumber })
        guard fields.count >= 6, let year = Int64(fields[0]), let month = Int64(fields[1]), let day = Int64(fields[2]),
            let hour = Int64(fields[3]), let minute = Int64(fields[4]), let second = Int64(fields[5]),
            (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        let base = self.days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
        return Timestamp(seconds: base, nanoseconds: fields.count > 6 ? self.fraction(fields[6]) : 0)
    }

    /// `14:38:13.262936`, or `38:14.87` without the hour, counted from the epoch.
    static func clock(_ text: String) -> Timestamp? {
        let parts = text.split(separator: ":")
        guard (2...3).contains(parts.count), let last = parts.last else { return nil }
        let second = last.split(separator: ".")
        guard let seconds = Int64(second[0]) else { return nil }
        var total = seconds
        var unit: Int64 = 60
        for part in parts.dropLast().reversed() {
            guard let number = Int64(part) else { return nil }
            total += number * unit
            unit *= 60
        }
        return Timestamp(seconds: total, nanoseconds: second.count > 1 ? self.fraction(second[1]) : 0)
    }

    /// `1795531096.628977`
    static func epoch(_ text: some StringProtocol) -> Timestamp? {
        let parts = text.split(separator: ".")
        guard (1...2).contains(parts.count), let seconds = Int64(parts[0]), seconds < 1 << 40 else { return nil }
        return Timestamp(seconds: seconds, nanoseconds: parts.count > 1 ? self.fraction(parts[1]) : 0)
    }

    private static func fraction(_ digits: some StringProtocol) -> Int64 {
        var text = String(digits.prefix(9))
        while text.count < 9 { text += "0" }
        return Int64(text) ?? 0
    }

    /// Days since 1970-01-01, years counted from March.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        return 365 * year + year / 4 - year / 100 + year / 400 + (153 * ((month + 9) % 12) + 2) / 5 + day - 719_469
    }
}
