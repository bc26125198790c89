import IMAPWire
import Traffic

/// Numbers, and sets of them (RFC 3501 section 9, RFC 9051 section 9).
extension SyntaxParser {
    /// What the grammar lets a number be.
    enum NumberRange {
        /// `number`: below 2^32.
        case number
        /// `nz-number`: not zero, no leading zero, below 2^32.
        case nonZero
        /// `number64`: below 2^63.
        case number64
        /// `mod-sequence-value`: 1 to 2^63-1.
        case nonZero64
        /// Gmail's identifiers: below 2^64.
        case unsigned64
    }

    mutating func number(_ production: Production, _ range: NumberRange = .number, _ text: RawSpan) {
        let length = self.token.length
        guard self.token.kind == .atom, length < 19 else { return self.oddNumber(production, range, text) }
        var value: UInt64 = 0
        for index in self.token.range {
            let digit = text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self) &- 0x30
            guard digit < 10 else { return self.oddNumber(production, range, text) }
            value = value &* 10 &+ UInt64(digit)
        }
        let marks = self.check(value, production, range, text)
        self.leaf(production, .atom, number: value, marks: marks, text)
    }

    private mutating func check(
        _ value: UInt64,
        _ production: Production,
        _ range: NumberRange,
        _ text: RawSpan
    ) -> SyntaxNode.Marks {
        let limit: UInt64 =
            switch range {
            case .number, .nonZero: UInt64(UInt32.max)
            case .number64, .nonZero64: UInt64(Int64.max)
            case .unsigned64: UInt64.max
            }
        if value > limit { return self.tolerate(.numberOutOfRange, production, text) }
        guard range == .nonZero || range == .nonZero64 else { return [] }
        if value == 0 { return self.tolerate(.zeroNumber, production, text) }
        if text[self.token.offset] == 0x30 { return self.tolerate(.leadingZero, production, text) }
        return []
    }

    private mutating func oddNumber(_ production: Production, _ range: NumberRange, _ text: RawSpan) {
        switch self.token.kind {
        case .atom where self.isNil(text):
            let marks = self.tolerate(.nilForNumber, production, text)
            self.leaf(production, .nil, marks: marks, text)
        case .atom, .quoted:
            let form: SyntaxNode.Form = self.token.kind == .quoted ? .quoted : .atom
            switch NumberShape(text, self.token.range) {
            case .digits(let value?):
                var marks = self.check(value, production, range, text)
                if form == .quoted { marks.formUnion(self.tolerate(.quotedNumber, production, text)) }
                self.leaf(production, form, number: value, marks: marks, text)
            case .digits(nil):
                let marks = self.tolerate(.numberOutOfRange, production, text)
                self.leaf(production, form, number: .max, marks: marks.union(.overflow), text)
            case .negative:
                let marks = self.tolerate(.negativeNumber, production, text)
                self.leaf(production, form, marks: marks, text)
            case .floating:
                let marks = self.tolerate(.floatingNumber, production, text)
                self.leaf(production, form, marks: marks, text)
            case .other: self.misplaced(production, text)
            }
        default: self.misplaced(production, text)
        }
    }

    /// A sequence-set, or a set of UIDs; `$` is the saved result (RFC 5182). Its members are counted, not listed:
    /// ``SequenceSetView`` reads them.
    mutating func sequenceSet(_ production: Production, _ text: RawSpan) {
        guard self.token.kind == .atom else { return self.misplaced(production, text) }
        if self.token.length == 1, text[self.token.offset] == UInt8(ascii: "$") {
            self.leaf(production, .atom, text)
            return
        }
        let (members, end, overflow, zero, negative) = SequenceSetView.check(text, self.token.range)
        var marks: SyntaxNode.Marks = overflow ? .overflow : []
        if overflow { marks.formUnion(self.tolerate(.numberOutOfRange, production, text)) }
        if negative { marks.formUnion(self.tolerate(.negativeNumber, production, text)) }
        if zero { marks.formUnion(self.tolerate(.zeroNumber, production, text)) }
        if end < self.token.range.upperBound {
            self.problem(production, at: end, .octet(text[end]))
            marks.insert(.unexpected)
        }
        self.leaf(production, .atom, number: UInt64(members), marks: marks, text)
    }

    /// Numbers with one space between them, up to something else: one node, so that a search result of a million
    /// messages costs nothing. ``NumberListView`` reads them.
    mutating func numbers(_ production: Production, _ text: RawSpan) {
        var count: UInt64 = 0
        var marks: SyntaxNode.Marks = []
        let begin = self.token.offset
        while self.token.kind == .atom {
            guard case .digits(let value) = NumberShape(text, self.token.range) else { break }
            if value == nil {
                marks.formUnion(self.tolerate(.numberOutOfRange, production, text))
                marks.insert(.overflow)
            } else if value == 0 {
                marks.formUnion(self.tolerate(.zeroNumber, production, text))
            }
            count += 1
            self.advance(text)
        }
        if count > 0 { self.leaf(production, range: begin..<self.lastEnd, number: count, marks: marks) }
    }
}

/// What an atom that should be a number is.
enum NumberShape {
    /// Digits only; nil when they do not fit 64 bits.
    case digits(UInt64?)
    case negative
    /// `9.3736e+06`
    case floating
    case other

    init(_ text: RawSpan, _ range: Range<Int>) {
        guard !range.isEmpty else {
            self = .other
            return
        }
        if let value = text.number(range) {
            self = .digits(value)
            return
        }
        var index = range.lowerBound
        let negative = text[index] == UInt8(ascii: "-")
        if negative { index += 1 }
        let first = index
        while index < range.upperBound, text[index] &- 0x30 < 10 { index += 1 }
        if index == range.upperBound, index > first {
            self = negative ? .negative : .digits(nil)
            return
        }
        guard index > first else {
            self = .other
            return
        }
        while index < range.upperBound {
            switch text[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
                UInt8(ascii: "+"), UInt8(ascii: "-"):
                index += 1
            default:
                self = .other
                return
            }
        }
        self = .floating
    }
}
