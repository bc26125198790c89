import IMAPWire
import Traffic

/// Tokens: looking ahead, taking, and what stands between them.
extension SyntaxParser {
    /// Goes on at `offset`, whatever was looked at before.
    mutating func start(at offset: Int, _ text: RawSpan) {
        self.tokenizer.reset(to: offset)
        self.lastEnd = offset
        self.lastKind = .lineEnd
        self.token = self.tokenizer.next(in: text) ?? Token(kind: .lineEnd, offset: text.byteCount, length: 0)
    }

    /// Takes the token.
    mutating func advance(_ text: RawSpan) {
        let end = self.token.next
        let kind = self.token.kind
        guard kind != .lineEnd else { return }
        self.lastEnd = end
        self.lastKind = kind
        guard let token = self.tokenizer.next(in: text) else {
            self.token = Token(kind: .lineEnd, offset: max(text.byteCount, end), length: 0)
            if text.byteCount > end { self.spaced(text) }
            return
        }
        self.token = token
        let isTight = kind == .listOpen || token.kind == .listClose || token.kind == .lineEnd
        let quote = token.kind == .quoted || token.kind == .unterminatedQuoted ? 1 : 0
        let gap = token.offset &- quote &- end
        if gap != (isTight ? 0 : 1), token.kind != .literal { self.spaced(text) }
    }

    /// Notes what is odd between the last token and the next: everything but one space, or none beside a parenthesis.
    private mutating func spaced(_ text: RawSpan) {
        let kind = self.token.kind
        let begin = self.tokenBegin(text)
        let gap = begin - self.lastEnd
        // A line's CR LF that the tokenizer skipped at the very end is no space.
        guard gap >= 0, self.lastKind != .lineEnd else { return }
        switch (self.lastKind, kind) {
        case (_, .lineEnd):
            if gap > 0 { self.tolerate(.trailingSpace, at: self.lastEnd) }
        case (.listOpen, _), (_, .listClose):
            if gap > 0 { self.tolerate(.spaceInList, at: self.lastEnd) }
        case (.listClose, .listOpen) where gap == 0:
            break
        case (_, _) where gap > 1:
            self.tolerate(.extraSpace, at: self.lastEnd)
        case (_, _) where gap == 0 && text[begin] != UInt8(ascii: "]"):
            self.tolerate(.missingSpace, at: self.lastEnd)
        default: break
        }
    }

    /// Where the token begins on the wire: at its quote, or at the brace that announces a literal.
    func tokenBegin(_ text: RawSpan) -> Int {
        switch self.token.kind {
        case .quoted, .unterminatedQuoted: return self.token.offset - 1
        case .literal:
            var index = self.token.offset - 1
            while index > self.lastEnd, text[index] != UInt8(ascii: "{") { index -= 1 }
            if index > self.lastEnd, text[index - 1] == UInt8(ascii: "~") { index -= 1 }
            return index
        default: return self.token.offset
        }
    }

    var atEnd: Bool { self.token.kind == .lineEnd }
    /// Nothing follows in the list that is open, or in the line.
    var atClose: Bool { self.token.kind == .lineEnd || self.token.kind == .listClose }

    /// Whether the token is the atom `word`, given in capitals.
    func at(_ word: StaticString, _ text: RawSpan) -> Bool {
        self.token.kind == .atom && text.matches(self.token.range, word)
    }

    /// Takes the token when it is the atom `word`.
    mutating func take(_ word: StaticString, _ text: RawSpan) -> Bool {
        guard self.at(word, text) else { return false }
        self.advance(text)
        return true
    }

    func isNil(_ text: RawSpan) -> Bool {
        guard self.token.length == 3, self.token.kind == .atom else { return false }
        // Half of the fields of an envelope are NIL: compared by hand.
        let offset = self.token.offset
        let first = text.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self) & 0xDF
        let second = text.unsafeLoad(fromUncheckedByteOffset: offset + 1, as: UInt8.self) & 0xDF
        let third = text.unsafeLoad(fromUncheckedByteOffset: offset + 2, as: UInt8.self) & 0xDF
        return first == UInt8(ascii: "N") && second == UInt8(ascii: "I") && third == UInt8(ascii: "L")
    }

    /// Lets the atom go on to the next space, parenthesis or line end, over controls and quotes (servers that send names
    /// with TAB and the like unquoted).
    mutating func lengthenAtom(_ text: RawSpan) {
        var end = self.token.range.upperBound
        while end < text.byteCount {
            let octet = text[end]
            if octet == 0x20 || octet == 0x28 || octet == 0x29 || octet == 0x0A || octet == 0x0D { break }
            end += 1
        }
        self.token.length = end - self.token.offset
        self.tokenizer.reset(to: end)
    }

    /// The size that announces the literal, and whether it is a literal8.
    func announcement(_ text: RawSpan) -> (size: UInt64, binary: Bool) {
        let digits = text.announcedSize(before: self.token.offset)
        let size = text.number(digits) ?? UInt64(self.token.length)
        let brace = digits.lowerBound - 1
        return (size, brace > 0 && text[brace - 1] == UInt8(ascii: "~"))
    }
}

extension RawSpan {
    /// The digits of the announcement behind which a literal begins at `offset`: `{12}`, `{12+}`, and the line end.
    func announcedSize(before offset: Int) -> Range<Int> {
        var index = offset - 1
        for octet: UInt8 in [0x0A, 0x0D, UInt8(ascii: "}"), UInt8(ascii: "+")]
        where index >= 0 && self[index] == octet { index -= 1 }
        let end = index + 1
        while index >= 0, self[index] &- 0x30 < 10 { index -= 1 }
        return index + 1..<end
    }
}
