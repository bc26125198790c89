import Traffic

/// The members of a set that stands in a text, read one by one: nothing is allocated, and a set of a million members is
/// as cheap to hold as one of one.
public struct SequenceSetView: Sendable {
    /// Numbers or UIDs from `low` to `high`; nil stands for `*`, the highest in use.
    public struct Member: Sendable, Hashable {
        public var low: UInt64?
        public var high: UInt64?
    }

    public let range: Range<Int>

    /// The set that stands in `range`, the range of a `sequence-set` node.
    public init(_ range: Range<Int>) { self.range = range }

    /// How many members it has, ranges counting once.
    public func memberCount(_ text: RawSpan) -> Int {
        var count = self.range.isEmpty ? 0 : 1
        for index in self.range where text[index] == UInt8(ascii: ",") { count += 1 }
        return count
    }

    /// How many numbers it covers, when no `*` stands in it and the sum fits 64 bits. Overlaps count twice.
    public func numberCount(_ text: RawSpan) -> UInt64? {
        var sum: UInt64 = 0
        var exact = true
        self.forEach(text) { member in
            guard let low = member.low, let high = member.high else {
                exact = false
                return false
            }
            let (size, wide) = (high - low).addingReportingOverflow(1)
            let (total, carry) = sum.addingReportingOverflow(size)
            exact = !wide && !carry
            sum = total
            return exact
        }
        return exact ? sum : nil
    }

    /// Whether `number` is in it; `last` is what `*` stands for.
    public func contains(_ number: UInt64, last: UInt64, _ text: RawSpan) -> Bool {
        var found = false
        self.forEach(text) { member in
            let one = member.low ?? last
            let two = member.high ?? last
            found = number >= min(one, two) && number <= max(one, two)
            return !found
        }
        return found
    }

    /// Calls `body` with each member, the lower bound first, until it returns false.
    public func forEach(_ text: RawSpan, _ body: (Member) -> Bool) {
        var set = SequenceSet(self.range)
        while let member = set.next(text) {
            // `*` sorts first in ``SequenceSet`` only beside a number that follows it.
            guard body(Member(low: Self.number(member.first), high: Self.number(member.last))) else { return }
        }
    }

    private static func number(_ bound: SequenceSet.Bound) -> UInt64? {
        if case .number(let number) = bound { number } else { nil }
    }

    /// Walks a set: its members, where it stops to be one, whether a number does not fit 64 bits, and whether one
    /// is zero or below.
    static func check(
        _ text: RawSpan,
        _ range: Range<Int>
    ) -> (members: Int, end: Int, overflow: Bool, zero: Bool, negative: Bool) {
        var members = 0
        var index = range.lowerBound
        var overflow = false
        var zero = false
        var negative = false
        func bound() -> Bool {
            guard index < range.upperBound else { return false }
            if text[index] == UInt8(ascii: "*") {
                index += 1
                return true
            }
            if text[index] == UInt8(ascii: "-") {
                negative = true
                index += 1
            }
            let first = index
            var value: UInt64 = 0
            while index < range.upperBound {
                let digit = text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self) &- 0x30
                guard digit < 10 else { break }
                let (product, high) = value.multipliedReportingOverflow(by: 10)
                let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
                if high || carry { overflow = true }
                value = sum
                index += 1
            }
            if index > first, value == 0, !overflow { zero = true }
            return index > first
        }
        while true {
            guard bound() else { return (members, index, overflow, zero, negative) }
            if index < range.upperBound, text[index] == UInt8(ascii: ":") {
                index += 1
                guard bound() else { return (members, index, overflow, zero, negative) }
            }
            members += 1
            guard index < range.upperBound, text[index] == UInt8(ascii: ",") else {
                return (members, index, overflow, zero, negative)
            }
            index += 1
        }
    }
}

/// The numbers of a SEARCH or SORT answer, which are one node: read one by one.
public struct NumberListView: Sendable {
    public let range: Range<Int>

    public init(_ range: Range<Int>) { self.range = range }

    /// Calls `body` with each number until it returns false. Numbers beyond 64 bits are the largest one.
    public func forEach(_ text: RawSpan, _ body: (UInt64) -> Bool) {
        var index = self.range.lowerBound
        while index < self.range.upperBound {
            while index < self.range.upperBound, text[index] == 0x20 { index += 1 }
            let first = index
            while index < self.range.upperBound, text[index] != 0x20 { index += 1 }
            guard index > first else { return }
            guard body(text.number(first..<index) ?? .max) else { return }
        }
    }
}
