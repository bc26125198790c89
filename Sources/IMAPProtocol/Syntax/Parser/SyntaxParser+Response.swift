import IMAPWire
import Traffic

/// Server lines (RFC 3501 section 9, response; RFC 9051 section 9).
extension SyntaxParser {
    mutating func response(_ text: RawSpan) {
        let begin = self.token.offset
        if self.token.kind == .atom {
            let first = text[begin]
            if first == UInt8(ascii: "*"), self.token.length == 1 { return self.untagged(text) }
            if first == UInt8(ascii: "+"), self.token.length == 1 { return self.continuation(text) }
        }
        self.tagged(text)
    }

    // MARK: - Untagged

    private mutating func untagged(_ text: RawSpan) {
        let index = self.open(.responseData, at: self.token.offset)
        self.current = .responseData
        self.advance(text)
        if self.token.kind == .atom {
            self.untaggedName(text)
        } else if !self.atEnd {
            self.unexpected(.responseName, text)
            self.genericRest(text)
        } else {
            self.unexpected(.responseName, text)
        }
        self.finish(text)
        self.close(index)
    }

    private mutating func untaggedName(_ text: RawSpan) {
        let first = text[self.token.offset]
        if first &- 0x30 < 10 {
            switch NumberShape(text, self.token.range) {
            case .digits:
                if self.isCount(text) {
                    self.number(.number, .number, text)
                } else {
                    self.number(.nzNumber, .nonZero, text)
                }
                guard self.token.kind == .atom else { return self.unexpected(.responseName, text) }
            default: break
            }
        } else if first == UInt8(ascii: "[") {
            // home.pl, Exchange 2013: a code without its status word.
            self.tolerate(.missingStatus, at: self.token.offset, .respCondState)
            let index = self.open(.respCondState, at: self.token.offset)
            self.mark(index, .tolerated)
            self.responseText(text, from: self.token.offset)
            self.close(index)
            return
        }
        if self.known(.response, text) { return }
        let index = self.open(.unknownResponse, at: self.token.offset)
        self.leaf(.keyword, .atom, text)
        self.genericRest(text)
        self.close(index)
    }

    /// Whether the number counts messages, `0 EXISTS`, rather than naming one.
    private func isCount(_ text: RawSpan) -> Bool {
        let name = self.tokenizer.position + 1
        guard name + 6 <= text.byteCount else { return false }
        return text.matches(name..<name + 6, "EXISTS") || text.matches(name..<name + 6, "RECENT")
    }

    // MARK: - Tagged

    private mutating func tagged(_ text: RawSpan) {
        let index = self.open(.responseTagged, at: self.tokenBegin(text))
        let begin = self.tokenBegin(text)
        self.current = .responseTagged
        guard self.token.kind == .atom else {
            self.unexpected(.tag, text)
            if !self.atEnd { self.raw(.raw, from: begin, text) }
            self.finish(text)
            return self.close(index)
        }
        let status = self.tokenizer.position
        let tag = self.token.range
        self.advance(text)
        if self.at("OK", text) || self.at("NO", text) || self.at("BAD", text) {
            self.leaf(.tag, range: tag)
            _ = self.known(.response, text)
        } else {
            // Neither `*`, `+` nor a tag: `Server Unavailable. 15`.
            self.problem(.responseName, at: min(status + 1, text.byteCount), self.atEnd ? .endOfLine : .atom)
            self.tree.nodes[index].production = .unparsedResponse
            self.raw(.raw, from: begin, text)
        }
        self.finish(text)
        self.close(index)
    }

    // MARK: - Continuation

    /// RFC 3501 section 7.5. What stands behind `+` is text, or base64 during AUTHENTICATE.
    private mutating func continuation(_ text: RawSpan) {
        let index = self.open(.continueReq, at: self.token.offset)
        let begin = self.token.range.upperBound
        self.lastEnd = begin
        if begin >= text.byteCount || text[begin] != 0x20 { self.tolerate(.missingText, at: begin, .continueReq) }
        self.responseText(text, from: begin)
        self.finish(text)
        self.close(index)
    }

    // MARK: - Text for people

    /// A status and what it says.
    mutating func status(_ text: RawSpan) {
        self.responseText(text, from: self.lastEnd)
    }

    /// RFC 3501 section 9, resp-text: an optional code in brackets, then text to the end of the line.
    mutating func responseText(_ text: RawSpan, from start: Int) {
        var index = start
        while index < text.byteCount, text[index] == 0x20 { index += 1 }
        if index < text.byteCount, text[index] == UInt8(ascii: "[") { index = self.code(text, from: index) }
        let end = ResponseCode.lineEnd(text, from: index)
        if end > index {
            var marks: SyntaxNode.Marks = []
            if self.hasEightBit { marks = self.checkText(text, index..<end) }
            self.leaf(.text, range: index..<end, marks: marks)
        } else if !self.context.isTruncated, self.tree.nodes[0].production != .continueReq {
            self.tolerate(.missingText, at: index, .text)
        }
        self.finishLine(at: end, text)
    }

    private mutating func checkText(_ text: RawSpan, _ range: Range<Int>) -> SyntaxNode.Marks {
        let octets = text.extracting(range)
        guard octets.hasEightBit, !UTF8Check.isValid(octets) else { return [] }
        self.tolerate(.invalidUTF8, at: range.lowerBound, .text)
        return .tolerated
    }

    /// `[NAME arguments]`. Returns where the text behind it begins.
    private mutating func code(_ text: RawSpan, from start: Int) -> Int {
        guard let code = ResponseCode(text, from: start) else { return start }
        let index = self.open(.respTextCode, at: start)
        let inside = text.extracting(0..<code.end)
        self.start(at: start + 1, inside)
        if self.token.kind != .atom {
            self.unexpected(.codeName, inside)
            self.genericRest(inside)
        } else if let row = self.grammar.row(.code, inside, self.token.range) {
            let begin = self.tree.problems.count
            self.keyword(row, inside)
            while !self.atEnd {
                if self.tree.problems.count == begin { self.unexpected(.closeBracket, inside) }
                self.generic(inside)
            }
        } else {
            let unknown = self.open(.codeUnknown, at: code.name.lowerBound)
            self.leaf(.keyword, range: code.name)
            let value = code.name.upperBound
            if code.end > value + 1 { self.leaf(.raw, range: value + 1..<code.end) }
            self.lastEnd = code.end
            self.close(unknown)
        }
        let closes = code.end < text.byteCount && text[code.end] == UInt8(ascii: "]")
        if !closes {
            self.problem(.closeBracket, at: code.end, .endOfLine)
            self.mark(index, .cut)
        }
        self.lastEnd = closes ? code.end + 1 : code.end
        self.close(index)
        // A second space behind the code is text already; none at all is an accepted deviation.
        let behind = self.lastEnd
        if closes, behind < code.text, text[behind] == 0x20 { return behind + 1 }
        return behind
    }
}
