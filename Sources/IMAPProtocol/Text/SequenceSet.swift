import Traffic

/// A set of message numbers or UIDs as it stands on the wire (RFC 3501 section 9, sequence-set), read member by member.
public struct SequenceSet: Sendable {
    public enum Bound: Sendable, Equatable {
        case number(UInt64)
        /// `*`
        case last
    }

    public struct Member: Sendable, Equatable {
        public var first: Bound
        /// Equal to `first` for a single number.
        public var last: Bound
    }

    private var index: Int
    private let end: Int
    private var done = false

    public init(_ range: Range<Int>) {
        self.index = range.lowerBound
        self.end = range.upperBound
    }

    /// What a whole set holds.
    struct Tally: Sendable, Equatable {
        /// Numbers and ranges.
        var members = 0
        var hasRanges = false
        /// All numbers in it; nil when `*` stands in it or when they are more than 64 bits can count.
        var numbers: UInt64? = 0
        /// The members ascend without touching, so that ``numbers`` counts none twice.
        var isExact = true
    }

    /// Counts a set in one pass; nil when it is not valid.
    static func tally(_ text: RawSpan, _ range: Range<Int>) -> Tally? {
        // One number is what nearly every set is.
        if range.count < 11, text.number(range) != nil { return Tally(members: 1, numbers: 1) }
        var set = SequenceSet(range)
        var tally = Tally()
        var last: UInt64?
        repeat {
            guard let member = set.next(text) else { return nil }
            tally.members += 1
            if member.first != member.last { tally.hasRanges = true }
            guard case .number(let low) = member.first, case .number(let high) = member.last else {
                tally.numbers = nil
                continue
            }
            if let last, low <= last { tally.isExact = false }
            last = high
            guard let numbers = tally.numbers, high - low < .max else {
                tally.numbers = nil
                continue
            }
            let (sum, carry) = numbers.addingReportingOverflow(high - low + 1)
            tally.numbers = carry ? nil : sum
        } while !set.done
        return tally
    }

    static func isValid(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        self.tally(text, range) != nil
    }

    /// The next member, the lower bound first; nil at the end and at anything that is not one.
    public mutating func next(_ text: RawSpan) -> Member? {
        guard !self.done, let first = self.bound(text) else {
            self.done = true
            return nil
        }
        var member = Member(first: first, last: first)
        if self.index < self.end, text[self.index] == UInt8(ascii: ":") {
            self.index += 1
            guard let last = self.bound(text) else {
                self.done = true
                return nil
            }
            member.last = last
        }
        if self.index == self.end {
            self.done = true
        } else if text[self.index] == UInt8(ascii: ",") {
            self.index += 1
        } else {
            self.done = true
            return nil
        }
        // `5:3` means `3:5` (RFC 3501 section 9, seq-range); `*` is the highest whatever its place.
        switch (member.first, member.last) {
        case (.number(let low), .number(let high)) where low > high: swap(&member.first, &member.last)
        case (.last, .number): swap(&member.first, &member.last)
        default: break
        }
        return member
    }

    private mutating func bound(_ text: RawSpan) -> Bound? {
        guard self.index < self.end else { return nil }
        if text[self.index] == UInt8(ascii: "*") {
            self.index += 1
            return .last
        }
        let start = self.index
        while self.index < self.end, text[self.index] &- 0x30 < 10 { self.index += 1 }
        return text.number(start..<self.index).map { .number($0) }
    }
}
