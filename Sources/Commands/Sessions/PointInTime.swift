import Traffic

/// A latency: `200ms`, `3s`.
struct Latency: Hashable {
    var nanoseconds: Int64

    init(_ text: String) throws(SettingValueError) {
        let units: [(String, Double)] = [("ms", 1e6), ("us", 1e3), ("µs", 1e3), ("s", 1e9)]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }), let number = Double(text.dropLast(unit.0.count)),
            number >= 0, number * unit.1 < 1e18
        else { throw SettingValueError("“\(text)” is no time; times are written 200ms, 3s") }
        self.nanoseconds = Int64(number * unit.1)
    }
}

/// A date, or a date and a time, UTC: `2026-11-24`, `2026-11-24T10:00`, `2026-11-24T10:00:05Z`.
struct PointInTime: Hashable {
    var time: Timestamp

    init(_ text: String) throws(SettingValueError) {
        let wrong = SettingValueError("“\(text)” is no date; dates are written 2026-11-24, 2026-11-24T10:00:05")
        let fields = text.split(whereSeparator: { "-T:Z ".contains($0) }).map { Int64($0) }
        guard (3...6).contains(fields.count), !fields.contains(nil) else { throw wrong }
        var numbers = fields.compactMap { $0 }
        while numbers.count < 6 { numbers.append(0) }
        guard (1970...9999).contains(numbers[0]), (1...12).contains(numbers[1]), (1...31).contains(numbers[2]),
            (0...23).contains(numbers[3]), (0...59).contains(numbers[4]), (0...60).contains(numbers[5])
        else { throw wrong }
        // Days since 1970-01-01 in the Gregorian calendar, years counted from March.
        let year = numbers[1] <= 2 ? numbers[0] - 1 : numbers[0]
        let month = (numbers[1] + 9) % 12
        let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + numbers[2] - 1 - 719_468
        self.time = Timestamp(seconds: days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5])
    }
}
