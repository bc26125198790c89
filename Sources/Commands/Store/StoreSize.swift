/// `--store-size`
struct StoreSize: SettingValue, Hashable {
    var octets: UInt64

    private static let units: [(String, UInt64)] = [
        ("k", 1000), ("m", 1_000_000), ("g", 1_000_000_000), ("t", 1_000_000_000_000),
    ]
    /// An empty store with its tables is nearly so large.
    private static let least: UInt64 = 1_000_000

    init(setting text: String) throws(SettingValueError) {
        var rest = text.lowercased()[...]
        if rest.hasSuffix("b") { rest = rest.dropLast() }
        let unit = Self.units.first { rest.hasSuffix($0.0) }
        let (octets, isTooLarge) = (UInt64(rest.dropLast(unit == nil ? 0 : 1)) ?? 0)
            .multipliedReportingOverflow(by: unit?.1 ?? 1)
        guard !isTooLarge, octets >= Self.least, octets <= UInt64(Int64.max) else {
            throw SettingValueError("“\(text)” is no size from 1M on; sizes are written 500M, 2G, 1T")
        }
        self.octets = octets
    }

    var settingText: String { String(self.octets) }
}

/// A time in seconds, minutes, hours or days: `30s`, `12h`, `30d`.
struct TimeSpan: SettingValue, Hashable {
    var seconds: Int

    private static let units: [(String, Int)] = [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)]
    private static let longest = 100 * 366 * 86_400

    init(setting text: String) throws(SettingValueError) {
        let unit = Self.units.first { text.hasSuffix($0.0) }
        let (seconds, isTooLarge) = (Int(text.dropLast()) ?? 0).multipliedReportingOverflow(by: unit?.1 ?? 0)
        guard !isTooLarge, (1...Self.longest).contains(seconds) else {
            throw SettingValueError("“\(text)” is no time; times are written 30s, 10m, 12h, 30d")
        }
        self.seconds = seconds
    }

    var settingText: String { "\(self.seconds)s" }
}
