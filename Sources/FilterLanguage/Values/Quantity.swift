/// Numbers with a unit, as people write them in filters and rule files.
public enum Quantity {
    /// `250`, `4KiB`, `1.5MB`: octets. kB, MB and GB count thousands, as every output does; KiB, MiB and GiB count 1,024.
    public static func size(_ text: some StringProtocol) -> Int64? {
        Self.read(text) { unit in
            switch unit {
            case "", "b", "octets": 1
            case "k", "kb": 1_000
            case "m", "mb": 1_000_000
            case "g", "gb": 1_000_000_000
            case "kib": 1 << 10
            case "mib": 1 << 20
            case "gib": 1 << 30
            default: nil
            }
        }
    }

    /// `200ms`, `1.5s`, `2m`; a bare number is seconds. In nanoseconds.
    public static func duration(_ text: some StringProtocol) -> Int64? {
        Self.read(text) { unit in
            switch unit {
            case "ns": 1
            case "us", "µs": 1_000
            case "ms": 1_000_000
            case "", "s", "sec": 1_000_000_000
            case "m", "min": 60_000_000_000
            case "h": 3_600_000_000_000
            default: nil
            }
        }
    }

    /// A whole number, decimal or with `0x`.
    public static func number(_ text: some StringProtocol) -> Int64? {
        let lowered = text.lowercased()
        if lowered.hasPrefix("0x") { return Int64(lowered.dropFirst(2), radix: 16) }
        return Int64(lowered)
    }

    /// Digits, at most one point, then a unit that `factor` knows.
    private static func read(_ text: some StringProtocol, _ factor: (String) -> Int64?) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard let factor = factor(text.dropFirst(digits.count).lowercased()), (1...2).contains(parts.count),
            let whole = Int64(parts[0])
        else { return nil }
        let (product, overflow) = whole.multipliedReportingOverflow(by: factor)
        guard !overflow else { return nil }
        guard parts.count == 2 else { return product }
        // Nine digits reach the nanosecond.
        guard (1...9).contains(parts[1].count), let fraction = Int64(parts[1]) else { return nil }
        let scale = (0..<parts[1].count).reduce(Int64(1)) { scale, _ in scale * 10 }
        let (scaled, tooLarge) = fraction.multipliedReportingOverflow(by: factor)
        let (sum, beyond) = product.addingReportingOverflow(scaled / scale)
        return tooLarge || beyond ? nil : sum
    }
}
