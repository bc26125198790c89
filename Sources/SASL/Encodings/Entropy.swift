#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// How evenly the values of octets are spread (Shannon), which tells text and structures from random octets.
enum Entropy {
    /// In tenths of a bit for each octet, 0 to 80.
    static func tenthsOfBits(_ octets: [UInt8]) -> Int {
        guard !octets.isEmpty else { return 0 }
        var counts = [Int](repeating: 0, count: 256)
        for octet in octets { counts[Int(octet)] += 1 }
        let total = Double(octets.count)
        var bits = 0.0
        for count in counts where count > 0 {
            let share = Double(count) / total
            bits -= share * log2(share)
        }
        return Int((bits * 10).rounded())
    }

    /// `7.2`
    static func text(_ octets: [UInt8]) -> String {
        let tenths = self.tenthsOfBits(octets)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
