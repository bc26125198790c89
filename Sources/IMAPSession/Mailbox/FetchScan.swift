import IMAPWire
import Traffic

/// A walk over the items of a FETCH response, which skips values without looking into them.
struct FetchScan {
    let octets: UnsafeRawBufferPointer
    var index: Int
    let literalPrefix: Int

    /// The parenthesis that opens the items. Domino sends two.
    mutating func open() -> Bool {
        guard self.index < self.octets.count, self.octets[self.index] == UInt8(ascii: "(") else { return false }
        while self.index < self.octets.count, self.octets[self.index] == UInt8(ascii: "(") { self.index += 1 }
        return true
    }

    /// The name of the next item, the place behind it and the space; nil at the end of the list.
    mutating func name() -> Range<Int>? {
        self.skipSpaces()
        let start = self.index
        while self.index < self.octets.count {
            let octet = self.octets[self.index]
            if octet <= 0x20 || octet == UInt8(ascii: "(") || octet == UInt8(ascii: ")") || octet == UInt8(ascii: "[") {
                break
            }
            self.index += 1
        }
        let name = start..<self.index
        guard !name.isEmpty else { return nil }
        self.skipSpaces()
        return name
    }

    /// Whether the value may be large: a section, a literal, or a list other than those of FLAGS and MODSEQ.
    func isAtHeavyValue(_ name: Range<Int>) -> Bool {
        guard self.index < self.octets.count else { return false }
        switch self.octets[self.index] {
        case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "~"): return true
        case UInt8(ascii: "("):
            let first = self.octets[name.lowerBound] & 0xDF
            return !(name.count == 5 && first == UInt8(ascii: "F") || name.count == 6 && first == UInt8(ascii: "M"))
        default: return false
        }
    }

    // MARK: - Values

    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        let start = self.index
        while self.index < self.octets.count, self.octets[self.index] &- 0x30 < 10 {
            let (product, high) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(self.octets[self.index] &- 0x30))
            if high || carry {
                self.skipValue()
                return nil
            }
            value = sum
            self.index += 1
        }
        if self.index == start {
            self.skipValue()
            return nil
        }
        return value
    }

    /// The inside of a list without lists and strings, as FLAGS has.
    mutating func flatList() -> Range<Int>? {
        guard self.index < self.octets.count, self.octets[self.index] == UInt8(ascii: "(") else {
            self.skipValue()
            return nil
        }
        let start = self.index + 1
        self.index = start
        while self.index < self.octets.count, self.octets[self.index] != UInt8(ascii: ")"),
            self.octets[self.index] != 0x0A
        {
            self.index += 1
        }
        let list = start..<self.index
        if self.index < self.octets.count, self.octets[self.index] == UInt8(ascii: ")") { self.index += 1 }
        return list
    }

    /// `(n)`, as MODSEQ has; 0 for anything else.
    mutating func parenthesised() -> UInt64 {
        guard let list = self.flatList() else { return 0 }
        var inner = FetchScan(octets: self.octets, index: list.lowerBound, literalPrefix: self.literalPrefix)
        guard !list.isEmpty, self.octets[list.lowerBound] &- 0x30 < 10 else { return 0 }
        return inner.number() ?? 0
    }

    /// `[...]<n>` behind the name BODY or BINARY.
    mutating func skipSection() {
        guard self.index < self.octets.count, self.octets[self.index] == UInt8(ascii: "[") else { return }
        var isQuoted = false
        while self.index < self.octets.count {
            let octet = self.octets[self.index]
            if octet == 0x0A { return }
            if octet == UInt8(ascii: "\"") { isQuoted.toggle() }
            if octet == UInt8(ascii: "\\"), isQuoted { self.index += 1 }
            self.index += 1
            if octet == UInt8(ascii: "]"), !isQuoted { break }
        }
        if self.index < self.octets.count, self.octets[self.index] == UInt8(ascii: "<") { self.skipAtom() }
        self.skipSpaces()
    }

    /// A list, string, literal or atom, whole.
    mutating func skipValue() {
        var depth = 0
        repeat {
            self.skipSpaces()
            guard self.index < self.octets.count else { return }
            switch self.octets[self.index] {
            case UInt8(ascii: "("):
                depth += 1
                self.index += 1
            case UInt8(ascii: ")"):
                // The list around it ends here: there is no value.
                if depth == 0 { return }
                depth -= 1
                self.index += 1
            case UInt8(ascii: "\""): self.skipQuoted()
            case UInt8(ascii: "{"), UInt8(ascii: "~"): self.skipLiteral()
            case 0x0A, 0x0D: return
            default: self.skipAtom()
            }
        } while depth > 0
    }

    private mutating func skipSpaces() {
        while self.index < self.octets.count, self.octets[self.index] == 0x20 { self.index += 1 }
    }

    private mutating func skipAtom() {
        let start = self.index
        while self.index < self.octets.count {
            let octet = self.octets[self.index]
            if octet <= 0x20 || octet == UInt8(ascii: "(") || octet == UInt8(ascii: ")") { break }
            self.index += 1
        }
        // Always onward: a control character is no value and must not be looked at for ever.
        if self.index == start, self.index < self.octets.count { self.index += 1 }
    }

    private mutating func skipQuoted() {
        self.index += 1
        while self.index < self.octets.count {
            let octet = self.octets[self.index]
            if octet == 0x0A { return }
            self.index += 1
            if octet == UInt8(ascii: "\"") { return }
            if octet == UInt8(ascii: "\\"), self.index < self.octets.count,
                self.octets[self.index] == UInt8(ascii: "\"") || self.octets[self.index] == UInt8(ascii: "\\")
            {
                self.index += 1
            }
        }
    }

    /// `{n}`, the line end and the octets that are kept. What is no announcement is skipped as an atom.
    private mutating func skipLiteral() {
        var index = self.index
        if self.octets[index] == UInt8(ascii: "~") { index += 1 }
        guard index < self.octets.count, self.octets[index] == UInt8(ascii: "{") else { return self.skipAtom() }
        var digits = FetchScan(octets: self.octets, index: index + 1, literalPrefix: self.literalPrefix)
        guard index + 1 < self.octets.count, self.octets[index + 1] &- 0x30 < 10, let size = digits.number() else {
            return self.skipAtom()
        }
        index = digits.index
        while index < self.octets.count,
            self.octets[index] == UInt8(ascii: "+") || self.octets[index] == UInt8(ascii: "}")
        {
            index += 1
        }
        if index < self.octets.count, self.octets[index] == 0x0D { index += 1 }
        guard index < self.octets.count, self.octets[index] == 0x0A else { return self.skipAtom() }
        let kept = min(size, UInt64(self.literalPrefix))
        self.index = min(self.octets.count, index + 1 + Int(kept))
    }

    // MARK: - The end of the line

    /// The UID when it is the last item: `... UID 17)`. It must stand behind the last literal, whose octets may say
    /// anything.
    func uidAtEnd(after literal: LiteralRecord?, literalPrefix: Int) -> UInt64? {
        var end = self.octets.count
        while end > self.index, self.octets[end - 1] == 0x0A || self.octets[end - 1] == 0x0D { end -= 1 }
        guard end > self.index, self.octets[end - 1] == UInt8(ascii: ")") else { return nil }
        end -= 1
        while end > self.index, self.octets[end - 1] == 0x20 { end -= 1 }
        var start = end
        while start > self.index, self.octets[start - 1] &- 0x30 < 10 { start -= 1 }
        var floor = self.index
        if let literal { floor = max(floor, literal.textOffset + Int(min(literal.size, UInt64(literalPrefix)))) }
        guard start < end, start - 5 >= floor, self.octets[start - 1] == 0x20, self.octets[start - 5] == 0x20,
            self.octets[start - 4] & 0xDF == UInt8(ascii: "U"), self.octets[start - 3] & 0xDF == UInt8(ascii: "I"),
            self.octets[start - 2] & 0xDF == UInt8(ascii: "D")
        else { return nil }
        var digits = FetchScan(octets: self.octets, index: start, literalPrefix: literalPrefix)
        return digits.number()
    }
}
