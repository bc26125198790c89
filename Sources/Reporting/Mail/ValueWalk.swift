import Traffic

/// A walk over values of the grammar: atoms, strings and lists, in octets that may be cut or wrong.
struct ValueWalk {
    private let octets: [UInt8]
    private(set) var position: Int
    /// The kept octets of each literal.
    private let literals: [Range<Int>]
    private var nextLiteral = 0

    init(_ text: RawSpan, from start: Int, literals: [Range<Int>]) {
        self.octets = text.withUnsafeBytes { Array($0) }
        self.position = start
        self.literals = literals
    }

    private var current: UInt8? { self.position < self.octets.count ? self.octets[self.position] : nil }

    mutating func take(_ octet: UInt8) -> Bool {
        self.skipSpaces()
        guard self.current == octet else { return false }
        self.position += 1
        return true
    }

    private mutating func skipSpaces() {
        while self.current == 0x20 { self.position += 1 }
    }

    /// The name of an item with its section and origin; nil at the end of the list.
    mutating func name() -> Range<Int>? {
        self.skipSpaces()
        let start = self.position
        var isInSection = false
        var isQuoted = false
        while let octet = self.current, octet != 0x0D, octet != 0x0A {
            if isQuoted {
                if octet == UInt8(ascii: "\\") {
                    self.position += 1
                } else if octet == UInt8(ascii: "\"") {
                    isQuoted = false
                }
            } else if isInSection {
                if octet == UInt8(ascii: "\"") { isQuoted = true }
                if octet == UInt8(ascii: "]") { isInSection = false }
            } else {
                if octet == 0x20 || octet == UInt8(ascii: "(") || octet == UInt8(ascii: ")") { break }
                if octet == UInt8(ascii: "[") { isInSection = true }
            }
            self.position += 1
        }
        self.position = min(self.position, self.octets.count)
        return self.position > start ? start..<self.position : nil
    }

    /// The next value; nil when there is none.
    mutating func value() -> FetchItems.Value? {
        self.skipSpaces()
        switch self.current {
        case nil, UInt8(ascii: ")"), 0x0D, 0x0A: return nil
        case UInt8(ascii: "("): return .list(self.list())
        case UInt8(ascii: "\""): return .quoted(self.quoted())
        case UInt8(ascii: "{"), UInt8(ascii: "~"): if let index = self.literal() { return .literal(index) }
        default: break
        }
        let start = self.position
        while let octet = self.current, octet > 0x20, octet != UInt8(ascii: "("), octet != UInt8(ascii: ")") {
            self.position += 1
        }
        // Always onward: a control character is no value and must not be looked at for ever.
        if self.position == start { self.position += 1 }
        return .atom(start..<self.position)
    }

    /// The inside of a list, whatever stands in it.
    private mutating func list() -> Range<Int> {
        self.position += 1
        let start = self.position
        var depth = 1
        while let octet = self.current {
            switch octet {
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case UInt8(ascii: "\""):
                _ = self.quoted()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "~"): if self.literal() != nil { continue }
            default: break
            }
            self.position += 1
            if depth == 0 { return start..<(self.position - 1) }
        }
        return start..<self.position
    }

    private mutating func quoted() -> Range<Int> {
        self.position += 1
        let start = self.position
        while let octet = self.current, octet != 0x0A {
            if octet == UInt8(ascii: "\"") {
                self.position += 1
                return start..<(self.position - 1)
            }
            self.position += octet == UInt8(ascii: "\\") ? 2 : 1
        }
        self.position = min(self.position, self.octets.count)
        return start..<self.position
    }

    /// Goes behind the literal that is announced here; nil when none is, for the framer says where literals are.
    private mutating func literal() -> Int? {
        var end = self.position
        while end < self.octets.count, self.octets[end] != 0x0A, end - self.position < 32 { end += 1 }
        end += 1
        while self.nextLiteral < self.literals.count, self.literals[self.nextLiteral].lowerBound < end {
            self.nextLiteral += 1
        }
        guard self.nextLiteral < self.literals.count, self.literals[self.nextLiteral].lowerBound == end else {
            return nil
        }
        self.position = self.literals[self.nextLiteral].upperBound
        self.nextLiteral += 1
        return self.nextLiteral - 1
    }
}
