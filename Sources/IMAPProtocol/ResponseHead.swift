import Traffic

/// The head of a server line.
public struct ResponseHead: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// `* ...`
        case untagged
        /// `+ ...`
        case continuation
        /// `tag OK|NO|BAD ...`
        case tagged
        /// None of these.
        case unparsed
    }

    public var kind: Kind
    /// The tag of a tagged response.
    public var tag: Range<Int>
    /// The number before the name (`12 EXISTS`), when there is one that fits 64 bits.
    public var number: UInt64?
    /// The name, or the status word of a tagged response; empty when there is none.
    public var name: Range<Int>
    public var response: Response?
    /// Where the rest begins.
    public var arguments: Int

    /// The condition of a status response, tagged or not.
    public var status: Status? { self.response?.status }

    public init(_ text: RawSpan) {
        var index = CommandHead.skipPadding(text)
        let count = ResponseHead.contentEnd(text)
        self.kind = .unparsed
        self.tag = index..<index
        self.name = index..<index
        self.arguments = index
        guard index < count else { return }
        let first = text[index]
        if first == UInt8(ascii: "+"), index + 1 == count || text[index + 1] == 0x20 {
            self.kind = .continuation
            self.arguments = min(index + 2, count)
            return
        }
        let word = ResponseHead.word(text, from: index, to: count)
        index = ResponseHead.skipSpaces(text, from: word.upperBound, to: count)
        if first == UInt8(ascii: "*"), word.count == 1 {
            self.kind = .untagged
            self.readUntagged(text, from: index, to: count)
            return
        }
        let name = ResponseHead.word(text, from: index, to: count)
        if !name.isEmpty, let response = Response(text, name), [.ok, .no, .bad].contains(response) {
            self.kind = .tagged
            self.tag = word
            self.name = name
            self.response = response
            self.arguments = ResponseHead.skipOneSpace(text, from: name.upperBound, to: count)
        }
    }

    private mutating func readUntagged(_ text: RawSpan, from start: Int, to count: Int) {
        var index = start
        if index < count, text[index] &- 0x30 < 10 {
            let digits = ResponseHead.word(text, from: index, to: count)
            if let number = text.number(digits) {
                self.number = number
                index = ResponseHead.skipSpaces(text, from: digits.upperBound, to: count)
            }
        }
        // `* [COPYUID ...]` without OK (home.pl, Exchange 2013): a status whose word is missing.
        if index < count, text[index] == UInt8(ascii: "[") {
            self.name = index..<index
            self.response = .ok
            self.arguments = index
            return
        }
        self.name = ResponseHead.word(text, from: index, to: count)
        self.response = self.name.isEmpty ? nil : Response(text, self.name)
        self.arguments = ResponseHead.skipOneSpace(text, from: self.name.upperBound, to: count)
    }

    /// Where the first line's content ends, CR LF or LF left out.
    public static func contentEnd(_ text: RawSpan) -> Int {
        var end = text.byteCount
        if end > 0, text[end - 1] == 0x0A { end -= 1 }
        if end > 0, end < text.byteCount, text[end - 1] == 0x0D { end -= 1 }
        return end
    }

    private static func word(_ text: RawSpan, from start: Int, to count: Int) -> Range<Int> {
        var end = start
        while end < count, text[end] != 0x20, text[end] != 0x0D, text[end] != 0x0A { end += 1 }
        return start..<end
    }

    private static func skipSpaces(_ text: RawSpan, from start: Int, to count: Int) -> Int {
        var index = start
        while index < count, text[index] == 0x20 { index += 1 }
        return index
    }

    private static func skipOneSpace(_ text: RawSpan, from start: Int, to count: Int) -> Int {
        start < count && text[start] == 0x20 ? start + 1 : start
    }
}

extension RawSpan {
    /// The decimal number in `range`; nil when it is not one or does not fit 64 bits.
    public func number(_ range: Range<Int>) -> UInt64? {
        guard !range.isEmpty else { return nil }
        var value: UInt64 = 0
        for index in range {
            let digit = self[index] &- 0x30
            guard digit < 10 else { return nil }
            let (product, high) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            if high || carry { return nil }
            value = sum
        }
        return value
    }
}
