extension ByteWriter {
    /// Appends `1 octet`, `3,120 octets`, `312 kB`, `3.1 MB`.
    mutating func append(octets amount: UInt64) {
        switch amount {
        case 1:
            self.append("1 octet")
        case ..<100_000:
            self.append(grouped: amount)
            self.append(" octets")
        // The limits stand where rounding would show 1,000 of a unit.
        case ..<999_500:
            self.append(decimal: (amount + 500) / 1000)
            self.append(" kB")
        case ..<999_500_000:
            self.append(scaled: amount, unit: 1_000_000)
            self.append(" MB")
        default:
            self.append(scaled: amount, unit: 1_000_000_000)
            self.append(" GB")
        }
    }

    /// One decimal below a hundred units, none above.
    private mutating func append(scaled amount: UInt64, unit: UInt64) {
        let tenths = ByteWriter.rounded(amount, to: unit / 10)
        if tenths < 1000 {
            self.append(decimal: tenths / 10)
            self.append(UInt8(ascii: "."))
            self.append(decimal: tenths % 10)
        } else {
            self.append(grouped: ByteWriter.rounded(amount, to: unit))
        }
    }

    private static func rounded(_ amount: UInt64, to unit: UInt64) -> UInt64 {
        amount / unit + (amount % unit >= unit / 2 ? 1 : 0)
    }

    /// Appends `number` with a comma before each group of three digits.
    mutating func append(grouped number: UInt64) {
        var divisor: UInt64 = 1
        while number / divisor >= 1000 { divisor *= 1000 }
        self.append(decimal: number / divisor)
        while divisor > 1 {
            let rest = number % divisor
            divisor /= 1000
            self.append(UInt8(ascii: ","))
            self.append(decimal: rest / divisor, digits: 3)
        }
    }

    /// Appends `1 exchange`, `2 exchanges`.
    mutating func append(_ amount: Int, _ noun: StaticString) {
        self.append(grouped: UInt64(max(amount, 0)))
        self.append(UInt8(ascii: " "))
        self.append(noun)
        if amount != 1 { self.append(UInt8(ascii: "s")) }
    }
}
