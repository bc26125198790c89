// MARK: - ENVELOPE and BODYSTRUCTURE (RFC 9051 section 7.5.2)

extension SoundFetch {
    mutating func envelope() -> Bool {
        guard self.take(UInt8(ascii: "(")), self.nstring(), self.take(0x20), self.nstring() else { return false }
        for _ in 0..<6 {
            guard self.take(0x20), self.addresses() else { return false }
        }
        return self.take(0x20) && self.nstring() && self.take(0x20) && self.nstring() && self.take(UInt8(ascii: ")"))
    }

    private mutating func addresses() -> Bool {
        if self.takeNIL() { return true }
        guard self.take(UInt8(ascii: "(")) else { return false }
        repeat {
            guard self.take(UInt8(ascii: "(")) else { return false }
            // A name that is an address in brackets is worth a look.
            if self.index + 1 < self.count, self.octets[self.index + 1] == UInt8(ascii: "<") { return false }
            guard self.nstring(), self.take(0x20), self.nstring(), self.take(0x20), self.nstring(), self.take(0x20),
                self.nstring(), self.take(UInt8(ascii: ")"))
            else { return false }
        } while self.index < self.count && self.octets[self.index] == UInt8(ascii: "(")
        return self.take(UInt8(ascii: ")"))
    }

    mutating func body(depth: Int) -> Bool {
        guard depth < Self.maximumDepth, self.take(UInt8(ascii: "(")), self.index < self.count else { return false }
        if self.octets[self.index] == UInt8(ascii: "(") {
            repeat {
                guard self.body(depth: depth + 1) else { return false }
            } while self.index < self.count && self.octets[self.index] == UInt8(ascii: "(")
            guard self.take(0x20), self.quoted() else { return false }
            if self.take(UInt8(ascii: ")")) { return true }
            return self.take(0x20) && self.parameters() && self.extensions()
        }
        let type = self.index + 1
        guard self.quoted(), self.take(0x20) else { return false }
        let subtype = self.index + 1
        guard self.quoted(), self.take(0x20), self.parameters(), self.take(0x20), self.nstring(), self.take(0x20),
            self.nstring(), self.take(0x20), self.quoted(), self.take(0x20), self.number()
        else { return false }
        if self.isWord("TEXT", at: type) {
            guard self.take(0x20), self.number() else { return false }
        } else if self.isWord("MESSAGE", at: type), self.isWord("RFC822", at: subtype) {
            guard self.take(0x20), self.envelope(), self.take(0x20), self.body(depth: depth + 1), self.take(0x20),
                self.number()
            else { return false }
        }
        if self.take(UInt8(ascii: ")")) { return true }
        return self.take(0x20) && self.nstring() && self.extensions()
    }

    /// Behind the parameters of a multipart or the MD5 of a part: disposition, languages, location; each may be left out
    /// with those behind it. Takes the parenthesis that ends the body.
    private mutating func extensions() -> Bool {
        if self.take(UInt8(ascii: ")")) { return true }
        guard self.take(0x20), self.disposition() else { return false }
        if self.take(UInt8(ascii: ")")) { return true }
        guard self.take(0x20), self.languages() else { return false }
        if self.take(UInt8(ascii: ")")) { return true }
        return self.take(0x20) && self.nstring() && self.take(UInt8(ascii: ")"))
    }

    private mutating func parameters() -> Bool {
        if self.takeNIL() { return true }
        guard self.take(UInt8(ascii: "(")) else { return false }
        repeat {
            guard self.quoted(), self.take(0x20), self.quoted() else { return false }
        } while self.take(0x20)
        return self.take(UInt8(ascii: ")"))
    }

    private mutating func disposition() -> Bool {
        if self.takeNIL() { return true }
        return self.take(UInt8(ascii: "(")) && self.quoted() && self.take(0x20) && self.parameters()
            && self.take(UInt8(ascii: ")"))
    }

    private mutating func languages() -> Bool {
        guard self.take(UInt8(ascii: "(")) else { return self.nstring() }
        repeat {
            guard self.quoted() else { return false }
        } while self.take(0x20)
        return self.take(UInt8(ascii: ")"))
    }

    /// Whether the quoted string whose inside begins at `start` is `word`, given in capitals, whatever its case.
    private func isWord(_ word: StaticString, at start: Int) -> Bool {
        let end = start + word.utf8CodeUnitCount
        guard end < self.count, self.octets[end] == UInt8(ascii: "\"") else { return false }
        for offset in 0..<word.utf8CodeUnitCount {
            var octet = self.octets[start + offset]
            if octet &- 0x61 < 26 { octet &-= 0x20 }
            if octet != word.utf8Start[offset] { return false }
        }
        return true
    }
}
