/// A sequence-set of RFC 3501 section 9, with numbers or UIDs.
struct SequenceSet: Sendable, Hashable {
    enum Bound: Sendable, Hashable {
        case number(UInt32)
        /// `*`: the largest in use.
        case largest
    }

    var ranges: [(Bound, Bound)]

    static func == (left: SequenceSet, right: SequenceSet) -> Bool {
        left.ranges.elementsEqual(right.ranges) { $0 == $1 }
    }

    func hash(into hasher: inout Hasher) {
        for range in self.ranges {
            hasher.combine(range.0)
            hasher.combine(range.1)
        }
    }

    init?(parsing text: [UInt8]) {
        self.ranges = []
        for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let bounds = part.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            guard (1...2).contains(bounds.count), let first = Self.bound(bounds[0]) else { return nil }
            guard let last = Self.bound(bounds[bounds.count - 1]) else { return nil }
            self.ranges.append((first, last))
        }
    }

    /// The ranges with `*` replaced; the ends of a range may stand in either order.
    func resolved(largest: UInt32) -> [ClosedRange<UInt32>] {
        self.ranges.map { first, last in
            let low = Self.value(first, largest)
            let high = Self.value(last, largest)
            return min(low, high)...max(low, high)
        }
    }

    /// `1:3,5` for numbers that ascend.
    static func text(_ numbers: [UInt32]) -> String {
        var parts: [String] = []
        var index = 0
        while index < numbers.count {
            var end = index
            while end + 1 < numbers.count, numbers[end + 1] == numbers[end] + 1 { end += 1 }
            parts.append(end == index ? "\(numbers[index])" : "\(numbers[index]):\(numbers[end])")
            index = end + 1
        }
        return parts.joined(separator: ",")
    }

    private static func value(_ bound: Bound, _ largest: UInt32) -> UInt32 {
        switch bound {
        case .number(let number): number
        case .largest: largest
        }
    }

    private static func bound(_ text: ArraySlice<UInt8>) -> Bound? {
        if text.elementsEqual([UInt8(ascii: "*")]) { return .largest }
        guard let first = text.first, first != UInt8(ascii: "0"), text.allSatisfy({ $0 &- 0x30 < 10 }) else {
            return nil
        }
        return UInt32(String(decoding: text, as: UTF8.self)).map { .number($0) }
    }
}
