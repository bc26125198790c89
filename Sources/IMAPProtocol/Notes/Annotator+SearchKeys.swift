import IMAPWire
import Traffic

/// Search keys in words. Keys side by side are joined by "and", those of OR by ", or"; an OR beside other keys stands in
/// parentheses, so that the sentence reads in one way only.
extension Annotator {
    /// All keys to the end of the message or of the list around them.
    mutating func searchKeys(_ text: RawSpan, depth: Int = 0) {
        let start = self.prose.count
        var isFirst = true
        var needsParentheses = false
        while let token = self.peek(text), token.kind != .listClose, !self.prose.isFull {
            if !isFirst {
                if needsParentheses {
                    self.prose.insert("(", at: start)
                    self.prose.add(")")
                }
                needsParentheses = false
                self.prose.add(" and ")
            }
            let mark = self.prose.count
            let isAlternative = self.searchKey(text, depth: depth, negated: false)
            if isAlternative {
                if isFirst {
                    needsParentheses = true
                } else {
                    self.prose.insert("(", at: mark)
                    self.prose.add(")")
                }
            }
            isFirst = false
        }
        if isFirst { self.prose.add("matching nothing") }
    }

    /// One key.
    ///
    /// - Returns: whether it reads as "a, or b".
    mutating func searchKey(_ text: RawSpan, depth: Int, negated: Bool) -> Bool {
        guard depth < Annotator.searchNesting else {
            self.prose.stop()
            return false
        }
        guard let token = self.next(text) else {
            self.prose.add("(a key is missing)")
            return false
        }
        switch token.kind {
        case .listOpen: return self.nestedKeys(text, depth: depth, negated: negated)
        case .atom: break
        default:
            self.prose.add("matching ")
            self.quoted(token, text)
            return false
        }
        if text.matches(token.range, "NOT") { return self.searchKey(text, depth: depth + 1, negated: !negated) }
        if text.matches(token.range, "OR") { return self.alternative(text, depth: depth, negated: negated) }
        if token.length <= 20, let phrase = SearchPhrase.table[text.uppercased(token.range)] {
            self.phrase(phrase, text, negated: negated)
        } else if !self.specialKey(token, text, depth: depth, negated: negated) {
            if negated { self.prose.add("not ") }
            self.prose.add("matching the ")
            self.unknown("key ", text, token.range)
        }
        return false
    }

    private mutating func nestedKeys(_ text: RawSpan, depth: Int, negated: Bool) -> Bool {
        if negated { self.prose.add("except those (") }
        let count = self.prose.count
        let isSingle = self.isSingleAlternative(text)
        self.searchKeys(text, depth: depth + 1)
        _ = self.take(.listClose, text)
        if negated { self.prose.add(")") }
        return !negated && isSingle && self.prose.count > count
    }

    /// A list that begins with OR may be nothing but that OR; parentheses never hurt there.
    private mutating func isSingleAlternative(_ text: RawSpan) -> Bool {
        guard let token = self.peek(text) else { return false }
        return token.kind == .listOpen || (token.kind == .atom && text.matches(token.range, "OR"))
    }

    private mutating func alternative(_ text: RawSpan, depth: Int, negated: Bool) -> Bool {
        if negated { self.prose.add("except those (") }
        _ = self.searchKey(text, depth: depth + 1, negated: false)
        self.prose.add(", or ")
        _ = self.searchKey(text, depth: depth + 1, negated: false)
        if negated { self.prose.add(")") }
        return !negated
    }

    private mutating func phrase(_ phrase: SearchPhrase, _ text: RawSpan, negated: Bool) {
        self.prose.add(negated ? phrase.negative : phrase.positive)
        if case .none = phrase.argument { return }
        if case .uids = phrase.argument {
            let isOne = self.peek(text).map { text.number($0.range) != nil } ?? false
            self.prose.add(isOne ? " UID" : " UIDs")
        }
        self.prose.add(" ")
        guard let value = self.string(text) else {
            self.prose.add("(missing)")
            return
        }
        switch phrase.argument {
        case .none: break
        case .string: self.quoted(value, text)
        case .mailbox: self.mailbox(value, text)
        case .number: self.bare(text, value.range)
        case .date: self.date(text, value.range)
        case .uids: self.members(text, value.range)
        case .octets: self.measure(value, text, "octet", "octets")
        case .seconds: self.duration(value, text)
        }
    }

    private mutating func measure(_ value: Token, _ text: RawSpan, _ one: StaticString, _ many: StaticString) {
        if let number = text.number(value.range) {
            self.prose.counted(number, one, many)
        } else {
            self.quoted(value, text)
        }
    }

    /// `1 day`, `36 hours`, `90 seconds`: the largest unit that comes out even.
    private mutating func duration(_ value: Token, _ text: RawSpan) {
        guard let seconds = text.number(value.range), seconds > 0 else {
            self.measure(value, text, "second", "seconds")
            return
        }
        if seconds % 86_400 == 0 {
            self.prose.counted(seconds / 86_400, "day", "days")
        } else if seconds % 3600 == 0 {
            self.prose.counted(seconds / 3600, "hour", "hours")
        } else if seconds % 60 == 0 {
            self.prose.counted(seconds / 60, "minute", "minutes")
        } else {
            self.prose.counted(seconds, "second", "seconds")
        }
    }

    /// Keys with a form of their own; false when the key is unknown.
    private mutating func specialKey(_ key: Token, _ text: RawSpan, depth: Int, negated: Bool) -> Bool {
        if text.matches(key.range, "HEADER") {
            self.headerKey(text, negated: negated)
        } else if text.matches(key.range, "MODSEQ") {
            // RFC 7162 section 3.1.5: an entry and its type may stand before the number.
            if let entry = self.peek(text), entry.kind == .quoted {
                self.skipValue(text)
                self.skipValue(text)
            }
            self.prose.add(negated ? "not changed since mod-sequence " : "changed since mod-sequence ")
            if let number = self.number(text) { self.prose.identifier(number) }
        } else if text.matches(key.range, "FUZZY") {
            self.prose.add("roughly ")
            _ = self.searchKey(text, depth: depth + 1, negated: negated)
        } else if text.matches(key.range, "ANNOTATION") {
            self.annotationKey(text, negated: negated)
        } else if text.matches(key.range, "MIMEPART") {
            self.prose.add(negated ? "without a part " : "with a part ")
            self.mimePartKey(text, depth: depth + 1, negated: false)
        } else if text.matches(key.range, "INTHREAD") {
            self.prose.add(negated ? "outside threads " : "in threads ")
            if self.take("REFS", text) || self.take("REFERENCES", text) { self.prose.add("by references ") }
            self.prose.add("of messages ")
            _ = self.searchKey(text, depth: depth + 1, negated: false)
        } else if text.matches(key.range, "$") {
            self.prose.add(negated ? "outside the kept search result" : "in the kept search result")
        } else if SequenceSet.isValid(text, key.range) {
            self.prose.add(negated ? "not numbered " : "numbered ")
            self.members(text, key.range)
        } else {
            return false
        }
        return true
    }

    /// RFC 5257 section 4.4: entry, attribute, value.
    private mutating func annotationKey(_ text: RawSpan, negated: Bool) {
        self.prose.add(negated ? "whose annotation does not contain " : "whose annotation contains ")
        let position = self.tokenizer.position
        self.skipValue(text)
        self.skipValue(text)
        self.value(text)
        let end = self.tokenizer.position
        self.tokenizer.reset(to: position)
        self.prose.add(" (")
        self.value(text)
        self.prose.add(" ")
        self.value(text)
        self.prose.add(")")
        self.tokenizer.reset(to: end)
    }

    private mutating func headerKey(_ text: RawSpan, negated: Bool) {
        guard let name = self.string(text), let value = self.string(text) else {
            self.prose.add("with a header field that is not named")
            return
        }
        // RFC 3501 section 6.4.4: an empty string asks for the field's presence.
        if value.length == 0 {
            self.prose.add(negated ? "without a header field " : "with a header field ")
            self.fieldName(text, name.range)
            return
        }
        self.prose.add("whose ")
        self.fieldName(text, name.range)
        self.prose.add(negated ? " does not contain " : " contains ")
        self.quoted(value, text)
    }

    /// A header field's name as it is usually written: `SUBJECT` is `Subject`, `MESSAGE-ID` is `Message-ID`.
    mutating func fieldName(_ text: RawSpan, _ range: Range<Int>) {
        if text.matches(range, "MESSAGE-ID") {
            self.prose.add("Message-ID")
            return
        }
        if text.matches(range, "MIME-VERSION") {
            self.prose.add("MIME-Version")
            return
        }
        var isUniform = true
        var hasUpper = false
        var hasLower = false
        for index in range {
            switch text[index] {
            case 0x41...0x5A: hasUpper = true
            case 0x61...0x7A: hasLower = true
            case 0x2D: continue
            default: isUniform = false
            }
        }
        guard isUniform, hasUpper != hasLower, range.count <= Annotator.shownCharacters, !self.isMasked(range) else {
            self.bare(text, range)
            return
        }
        var capital = true
        for index in range {
            let octet = text[index]
            self.prose.append(Unicode.Scalar(octet == 0x2D ? octet : capital ? octet & 0xDF : octet | 0x20))
            capital = octet == 0x2D
        }
    }
}
