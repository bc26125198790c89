import IMAPWire
import Traffic

// MARK: - Capabilities, flags, mailbox lists, ID

extension QuirkScanner {
    mutating func capabilities(_ text: RawSpan, _ range: Range<Int>, _ sightings: inout [QuirkSighting]) {
        self.tokenizer.reset(to: range.lowerBound)
        var hasRevision = false
        var isFirst = true
        while let token = self.tokenizer.next(in: text), token.offset < range.upperBound, token.kind != .lineEnd {
            let word = token.offset..<min(token.range.upperBound, range.upperBound)
            if text.matches(word, "IMAP4REV1") || text.matches(word, "IMAP4REV2") || text.matches(word, "IMAP4") {
                hasRevision = true
            }
            if word.count == 1, text[word.lowerBound] == UInt8(ascii: "+") || text[word.lowerBound] == UInt8(ascii: "-")
            {
                sightings.note(.splitCapability, at: word.lowerBound)
            }
            // Registered names are in capitals and begin with a letter.
            if isFirst, text[word.lowerBound] &- 0x61 < 26 || text[word.lowerBound] &- 0x30 < 10,
                Registry.row(.capability, text, word) == nil
            {
                sightings.note(.junkCapability, at: word.lowerBound)
            }
            isFirst = false
        }
        if !hasRevision { sightings.note(.withoutRevision, at: range.lowerBound) }
    }

    /// Flags in parentheses.
    mutating func flags(
        _ text: RawSpan,
        _ range: Range<Int>,
        isPermanent: Bool,
        _ sightings: inout [QuirkSighting]
    ) {
        self.tokenizer.reset(to: range.lowerBound)
        while let token = self.tokenizer.next(in: text), token.offset < range.upperBound, token.kind != .lineEnd {
            self.flag(text, token, isPermanent: isPermanent, &sightings)
        }
    }

    func flag(_ text: RawSpan, _ token: Token, isPermanent: Bool, _ sightings: inout [QuirkSighting]) {
        guard token.kind == .atom || token.kind == .stray else { return }
        if token.length == 1, text[token.offset] == UInt8(ascii: "\\") {
            sightings.note(.bareBackslash, at: token.offset)
        }
        if !isPermanent, token.length == 2, text[token.offset] == UInt8(ascii: "\\"),
            text[token.offset + 1] == UInt8(ascii: "*")
        {
            sightings.note(.asteriskInFlags, at: token.offset)
        }
        for index in token.range where text[index] == UInt8(ascii: "]") {
            sightings.note(.bracketInFlag, at: index)
        }
    }

    /// `(attributes) delimiter mailbox [(extended)]` (RFC 9051 section 7.3.1).
    mutating func list(_ text: RawSpan, _ start: Int, _ end: Int, _ sightings: inout [QuirkSighting]) {
        self.tokenizer.reset(to: start)
        var depth = 0
        while let token = self.tokenizer.next(in: text), token.kind != .lineEnd {
            if token.kind == .listOpen { depth += 1 }
            if token.kind == .listClose { depth -= 1 }
            self.flag(text, token, isPermanent: true, &sightings)
            if depth <= 0 { break }
        }
        var index = self.tokenizer.position
        while index < end, text[index] == 0x20 { index += 1 }
        if let delimiter = self.unescapedBackslash(text, index, end) {
            sightings.note(.backslashDelimiter, at: index)
            self.tokenizer.reset(to: delimiter)
        } else {
            self.tokenizer.reset(to: index)
            _ = self.tokenizer.next(in: text)
        }
        self.mailbox(text, end, &sightings)
    }

    /// `"\"` and a space: a quoted string that would not end here. Returns where it ends as it was meant.
    private func unescapedBackslash(_ text: RawSpan, _ start: Int, _ end: Int) -> Int? {
        guard start + 3 < end, text.matches(start..<(start + 3), "\"\\\""),
            text[start + 3] == 0x20 || text[start + 3] == UInt8(ascii: ")")
        else { return nil }
        return start + 3
    }

    private mutating func mailbox(_ text: RawSpan, _ end: Int, _ sightings: inout [QuirkSighting]) {
        let start = self.tokenizer.position
        guard let name = self.tokenizer.next(in: text), name.kind != .lineEnd, name.kind != .listOpen else { return }
        switch name.kind {
        case .atom, .quoted:
            var isASCII = true
            for index in name.range where text[index] >= 0x80 { isASCII = false }
            if isASCII, !ModifiedUTF7.decode(text, name.range).isValid { sightings.note(.brokenUTF7, at: name.offset) }
        default: break
        }
        guard name.kind == .atom, start < end else { return }
        var index = name.next
        // A control octet is a delimiter to the tokenizer, so the name seems to end there.
        for position in start..<end where text[position] < 0x20 {
            return sightings.note(.unquotedControl, at: position)
        }
        while index < end, text[index] == 0x20 { index += 1 }
        if index < end, text[index] != UInt8(ascii: "(") { sightings.note(.unquotedSpace, at: index) }
    }

    mutating func namespace(_ text: RawSpan, _ start: Int, _ end: Int, _ sightings: inout [QuirkSighting]) {
        for index in start..<max(start, end) where text[index] == UInt8(ascii: "\"") {
            if self.unescapedBackslash(text, index, end) != nil, index > start, text[index - 1] == 0x20 {
                return sightings.note(.backslashDelimiter, at: index)
            }
        }
        self.tokenizer.reset(to: start)
        var depth = 0
        var strings = 0
        while let token = self.tokenizer.next(in: text), token.kind != .lineEnd {
            switch token.kind {
            case .listOpen:
                depth += 1
                strings = 0
            case .listClose:
                if depth == 2, strings == 1 { sightings.note(.missingDelimiter, at: token.offset) }
                depth -= 1
            default: strings += 1
            }
        }
    }

    /// `("field" "value" …)`; a value may be NIL (RFC 2971 section 3.1).
    mutating func identification(_ text: RawSpan, _ start: Int, _ sightings: inout [QuirkSighting]) {
        self.tokenizer.reset(to: start)
        var depth = 0
        while let token = self.tokenizer.next(in: text), token.kind != .lineEnd {
            if token.kind == .listOpen { depth += 1 }
            if token.kind == .listClose { depth -= 1 }
            if depth > 0, token.kind == .atom, !text.matches(token.range, "NIL") {
                sightings.note(.unquotedID, at: token.offset)
            }
        }
    }

    mutating func emptyStatus(_ text: RawSpan, _ start: Int, _ sightings: inout [QuirkSighting]) {
        self.tokenizer.reset(to: start)
        guard self.tokenizer.next(in: text) != nil, let open = self.tokenizer.next(in: text), open.kind == .listOpen,
            let close = self.tokenizer.next(in: text), close.kind == .listClose
        else { return }
        sightings.note(.emptyStatus, at: open.offset)
    }
}
