/// Numbers written in digits.
enum Decimal {
    /// Nil for anything but digits, and for numbers that do not fit.
    static func value(_ digits: some Collection<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var value = 0
        for digit in digits {
            guard digit &- 0x30 < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) = product.addingReportingOverflow(Int(digit - 0x30))
            if overflow || overflow2 { return nil }
            value = sum
        }
        return value
    }
}
