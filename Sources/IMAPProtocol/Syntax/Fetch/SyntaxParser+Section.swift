import IMAPWire
import Traffic

/// `BODY[...]<...>` and its kin (RFC 3501 section 9, section; RFC 3516 section 4).
extension SyntaxParser {
    /// Reads an item with a section; in answers a value follows. False when the atom does not begin one.
    ///
    /// The tokenizer reads no sections for us: it would look for the bracket that closes each, and text that only looks
    /// like sections would be looked at again and again.
    mutating func section(_ text: RawSpan, isAnswer: Bool) -> Bool {
        let begin = self.token.offset
        guard let (production, bracket) = Self.sectionItem(text, self.token.range) else { return false }
        let index = self.open(production, at: begin)
        self.current = production
        self.sectionSpec(text, from: bracket + 1)
        if isAnswer {
            if let last = self.tree.nodes.indices.last, self.tree.nodes[last].production == .partialLength {
                self.tolerate(.partialLengthInAnswer, at: self.tree.nodes[last].range.lowerBound, production)
                self.mark(last, .tolerated)
            }
            if self.atClose {
                // Yandex: the name without a value.
                self.tolerate(.missingValue, at: self.lastEnd, production)
                self.mark(index, .tolerated)
            } else if production == .binarySize {
                self.number(.number, .number64, text)
            } else {
                self.nstring(.nstring, text)
            }
        }
        self.close(index)
        return true
    }

    /// The item before the bracket, and where the bracket is.
    private static func sectionItem(_ text: RawSpan, _ atom: Range<Int>) -> (Production, bracket: Int)? {
        let end = min(atom.upperBound, atom.lowerBound + 12)
        var bracket = atom.lowerBound
        while bracket < end, text[bracket] != UInt8(ascii: "[") { bracket += 1 }
        guard bracket < end else { return nil }
        let name = atom.lowerBound..<bracket
        switch name.count {
        case 4 where text.matches(name, "BODY"): return (.bodySection, bracket)
        case 6 where text.matches(name, "BINARY"): return (.binary, bracket)
        case 9 where text.matches(name, "BODY.PEEK"): return (.bodyPeek, bracket)
        case 11 where text.matches(name, "BINARY.SIZE"): return (.binarySize, bracket)
        case 11 where text.matches(name, "BINARY.PEEK"): return (.binaryPeek, bracket)
        default: return nil
        }
    }

    /// From behind the `[` to behind the `]` and the partial range.
    mutating func sectionSpec(_ text: RawSpan, from start: Int) {
        let index = self.open(.sectionSpec, at: start)
        self.lastEnd = start
        var position = start
        let count = text.byteCount
        while position < count, text[position] &- 0x30 < 10 || text[position] == UInt8(ascii: ".") { position += 1 }
        var partEnd = position
        if partEnd > start, text[partEnd - 1] == UInt8(ascii: ".") { partEnd -= 1 }
        if partEnd > start { self.leaf(.sectionPart, range: start..<partEnd) }
        let word = position
        while position < count, text[position] > 0x20, text[position] != UInt8(ascii: "]"),
            text[position] != UInt8(ascii: "(")
        {
            position += 1
        }
        if position > word {
            if Self.isSectionText(text, word..<position) {
                self.leaf(.sectionText, range: word..<position)
            } else {
                self.problem(.sectionText, at: word, .atom)
                self.leaf(.sectionText, range: word..<position, marks: .unexpected)
            }
        }
        if position < count, text[position] == 0x20 || text[position] == UInt8(ascii: "(") {
            self.start(at: position, text)
            self.list1(.headerList, text) { $0.headerName($1) }
            position = self.lastEnd
        }
        let closes = position < count && text[position] == UInt8(ascii: "]")
        self.lastEnd = position
        self.close(index)
        if closes {
            position += 1
        } else {
            let isEnd = position >= count || text[position] == 0x0D || text[position] == 0x0A
            self.problem(.closeBracket, at: position, isEnd ? .endOfLine : .octet(text[position]))
            self.mark(index, .cut)
        }
        self.start(at: self.partial(text, from: position), text)
        self.lastKind = .atom
    }

    /// A header field name; the last may have the `]` of the section behind it.
    private mutating func headerName(_ text: RawSpan) {
        self.astring(.headerFldName, text)
    }

    private static func isSectionText(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        switch range.count {
        case 4: text.matches(range, "TEXT") || text.matches(range, "MIME")
        case 6: text.matches(range, "HEADER")
        case 13: text.matches(range, "HEADER.FIELDS")
        case 17: text.matches(range, "HEADER.FIELDS.NOT")
        default: false
        }
    }

    /// `<origin.count>`, in answers `<origin>`. Returns where it ends.
    private mutating func partial(_ text: RawSpan, from start: Int) -> Int {
        let count = text.byteCount
        guard start < count, text[start] == UInt8(ascii: "<") else { return start }
        var position = start + 1
        while position < count, text[position] &- 0x30 < 10 { position += 1 }
        let origin = start + 1..<position
        var length: Range<Int>?
        if position < count, text[position] == UInt8(ascii: ".") {
            let first = position + 1
            position = first
            while position < count, text[position] &- 0x30 < 10 { position += 1 }
            length = first..<position
        }
        let index = self.open(.partial, at: start)
        self.partialNumber(.partialOrigin, origin, text)
        if let length { self.partialNumber(.partialLength, length, text) }
        if position < count, text[position] == UInt8(ascii: ">") {
            position += 1
        } else {
            self.problem(.partial, at: position, position < count ? .octet(text[position]) : .endOfLine)
            self.mark(index, .unexpected)
        }
        self.lastEnd = position
        self.close(index)
        return position
    }

    private mutating func partialNumber(_ production: Production, _ range: Range<Int>, _ text: RawSpan) {
        if let number = text.number(range) {
            self.leaf(production, range: range, number: number)
        } else if range.isEmpty {
            self.problem(production, at: range.lowerBound, .atom)
        } else {
            self.tolerate(.numberOutOfRange, at: range.lowerBound, production)
            self.leaf(production, range: range, number: .max, marks: [.tolerated, .overflow])
        }
    }
}
