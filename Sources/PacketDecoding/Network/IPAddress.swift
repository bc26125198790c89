/// An IPv4 or IPv6 address as a value without storage of its own.
public struct IPAddress: Sendable, Hashable, Comparable {
    /// The address of 128 bits; an IPv4 address stands in the lowest 32.
    var high: UInt64
    var low: UInt64
    public var isIPv6: Bool

    public init(ipv4 address: UInt32) {
        self.high = 0
        self.low = UInt64(address)
        self.isIPv6 = false
    }

    public init(ipv6High high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
        self.isIPv6 = true
    }

    public static func < (left: IPAddress, right: IPAddress) -> Bool {
        if left.isIPv6 != right.isIPv6 { return right.isIPv6 }
        return left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension IPAddress: CustomStringConvertible {
    /// Dotted decimal, or the form of RFC 5952.
    public var description: String {
        guard self.isIPv6 else {
            return stride(from: 24, through: 0, by: -8).map { String(self.low >> UInt64($0) & 0xFF) }
                .joined(separator: ".")
        }
        let groups = (0..<8).map { index in
            UInt16(truncatingIfNeeded: (index < 4 ? self.high : self.low) >> UInt64(48 - index % 4 * 16))
        }
        guard let zeros = Self.longestZeroRun(groups) else { return Self.text(groups[...]) }
        return Self.text(groups[..<zeros.lowerBound]) + "::" + Self.text(groups[zeros.upperBound...])
    }

    private static func text(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// RFC 5952 section 4.2: the longest run of two or more zeros, the first of equals.
    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int>? {
        var best = 0..<0
        var index = 0
        while index < groups.count {
            var end = index
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - index > best.count { best = index..<end }
            index = end + 1
        }
        return best.count >= 2 ? best : nil
    }
}
