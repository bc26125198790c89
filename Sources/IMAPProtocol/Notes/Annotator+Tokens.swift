import IMAPWire
import Traffic

/// Reading arguments.
extension Annotator {
    /// The next token of the message; nil at its end.
    mutating func next(_ text: RawSpan) -> Token? {
        guard let token = self.tokenizer.next(in: text), token.kind != .lineEnd else { return nil }
        return token
    }

    /// The next token, which stays where it is.
    mutating func peek(_ text: RawSpan) -> Token? {
        let position = self.tokenizer.position
        let token = self.next(text)
        self.tokenizer.reset(to: position)
        return token
    }

    /// Takes the next token when it is of `kind`.
    mutating func take(_ kind: Token.Kind, _ text: RawSpan) -> Bool {
        let position = self.tokenizer.position
        if let token = self.next(text), token.kind == kind { return true }
        self.tokenizer.reset(to: position)
        return false
    }

    /// Takes the next token when it is the atom `word`, given in capitals.
    mutating func take(_ word: StaticString, _ text: RawSpan) -> Bool {
        let position = self.tokenizer.position
        if let token = self.next(text), token.kind == .atom, text.matches(token.range, word) { return true }
        self.tokenizer.reset(to: position)
        return false
    }

    /// Takes the next token when it is the quoted string `word`, given in capitals.
    mutating func takeQuoted(_ word: StaticString, _ text: RawSpan) -> Bool {
        let position = self.tokenizer.position
        if let token = self.next(text), token.kind == .quoted, text.matches(token.range, word) { return true }
        self.tokenizer.reset(to: position)
        return false
    }

    /// The next token when it is a string of any form; nothing is taken otherwise.
    mutating func string(_ text: RawSpan) -> Token? {
        let position = self.tokenizer.position
        if let token = self.next(text) {
            switch token.kind {
            case .atom, .quoted, .literal, .unterminatedQuoted, .section: return token
            case .listOpen, .listClose, .stray, .lineEnd: break
            }
        }
        self.tokenizer.reset(to: position)
        return nil
    }

    /// The next token when it is a number.
    mutating func number(_ text: RawSpan) -> UInt64? {
        let position = self.tokenizer.position
        if let token = self.next(text), token.kind == .atom, let number = text.number(token.range) { return number }
        self.tokenizer.reset(to: position)
        return nil
    }

    /// Passes over one value: a token or a whole list.
    ///
    /// False at the end of the message or of the list around it.
    @discardableResult
    mutating func skipValue(_ text: RawSpan) -> Bool {
        let position = self.tokenizer.position
        guard let token = self.next(text) else { return false }
        switch token.kind {
        case .listOpen: self.skipList(text)
        case .listClose:
            self.tokenizer.reset(to: position)
            return false
        default: break
        }
        return true
    }

    /// Passes over the rest of a list whose opening parenthesis is taken.
    mutating func skipList(_ text: RawSpan) {
        var depth = 1
        while depth > 0, let token = self.next(text) {
            if token.kind == .listOpen { depth += 1 }
            if token.kind == .listClose { depth -= 1 }
        }
    }

    func isNil(_ token: Token, _ text: RawSpan) -> Bool {
        token.kind == .atom && text.matches(token.range, "NIL")
    }

    /// The announced size of a literal, read back from what stands before its octets.
    func literalSize(_ token: Token, _ text: RawSpan) -> UInt64 {
        text.number(text.announcedSize(before: token.offset)) ?? UInt64(token.length)
    }

    func isMasked(_ range: Range<Int>) -> Bool {
        self.masked.contains { $0.overlaps(range) || (range.isEmpty && $0.contains(range.lowerBound)) }
    }
}
