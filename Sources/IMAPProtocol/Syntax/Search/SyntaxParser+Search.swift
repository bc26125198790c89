import IMAPWire
import Traffic

/// SEARCH programs (RFC 3501 section 6.4.4, RFC 4466, RFC 4731, RFC 7377).
extension SyntaxParser {
    /// `[RETURN (options)] [CHARSET name] key ...`
    mutating func searchProgram(_ text: RawSpan) {
        self.searchReturn(text)
        if self.at("CHARSET", text) { self.keyword(.charsetArgument, text) { $0.astring(.charset, $1) } }
        self.searchKeys(text)
    }

    mutating func searchReturn(_ text: RawSpan) {
        guard self.at("RETURN", text) else { return }
        self.keyword(.searchReturnOpts, text) { parser, text in
            parser.list(.list, text) { parser, text in
                if !parser.known(.searchOption, text) {
                    parser.unknownKeyword(text, hasValue: false)
                    if parser.token.kind == .listOpen { parser.generic(text) }
                }
            }
        }
    }

    /// One key or more, to the end of the line or of the list.
    mutating func searchKeys(_ text: RawSpan) {
        if self.atClose { self.unexpected(.searchKey, text) }
        while !self.atClose { self.searchKey(text) }
    }

    mutating func searchKey(_ text: RawSpan) {
        if self.token.kind == .listOpen {
            guard let index = self.openList(.searchAnd, text) else { return }
            self.searchKeys(text)
            self.closeList(index, text)
            return
        }
        guard self.token.kind == .atom else { return self.misplaced(.searchKey, text) }
        let first = text[self.token.offset]
        if first &- 0x30 < 10 || first == UInt8(ascii: "*") || first == UInt8(ascii: "$") || first == 0x2D {
            return self.sequenceSet(.sequenceSet, text)
        }
        guard self.depth < self.limits.nesting else {
            self.problem(.searchKey, at: self.token.offset, .nesting(limit: self.limits.nesting))
            return self.rawKeys(text)
        }
        self.depth += 1
        if !self.known(.searchKey, text) { self.unknownSearchKey(text) }
        self.depth -= 1
    }

    /// A key that another key needs.
    mutating func neededSearchKey(_ text: RawSpan) {
        if self.atClose { self.unexpected(.searchKey, text) } else { self.searchKey(text) }
    }

    /// How many arguments an unknown key has is unknown as well; a string can only be one of them.
    private mutating func unknownSearchKey(_ text: RawSpan) {
        let index = self.open(.unknownKeyword, at: self.token.offset)
        self.leaf(.keyword, .atom, text)
        while self.token.kind == .quoted || self.token.kind == .literal { self.generic(text) }
        self.close(index)
    }

    /// What is left of the keys, unread.
    private mutating func rawKeys(_ text: RawSpan) {
        let begin = self.token.offset
        var open = 0
        while !self.atEnd {
            if self.token.kind == .listClose {
                if open == 0 { break }
                open -= 1
            }
            if self.token.kind == .listOpen { open += 1 }
            self.advance(text)
        }
        self.leaf(.raw, range: begin..<self.lastEnd, marks: .unexpected)
    }
}
