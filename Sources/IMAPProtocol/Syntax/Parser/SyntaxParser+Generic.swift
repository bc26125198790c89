import IMAPWire
import Traffic

/// Values of which nothing is known but their shape.
extension SyntaxParser {
    /// One value: an atom, a string, or a list with all that is in it. A parenthesis that closes nothing is raw.
    mutating func generic(_ text: RawSpan) {
        switch self.token.kind {
        case .lineEnd: break
        case .atom, .section:
            if self.isNil(text) {
                self.leaf(.nil, .nil, text)
            } else if let number = text.number(self.token.range) {
                self.leaf(.number, .atom, number: number, text)
            } else {
                self.leaf(.atom, .atom, text)
            }
        case .quoted: self.leaf(.string, .quoted, text)
        case .unterminatedQuoted: self.leaf(.string, .quoted, marks: .cut, text)
        case .literal: self.literal(.string, text)
        case .stray, .listClose: self.leaf(.raw, .atom, text)
        case .listOpen: self.list(.list, text) { $0.generic($1) }
        }
    }

    /// All values up to the end of the list that is open, or of the line.
    mutating func genericRest(_ text: RawSpan) {
        while !self.atClose { self.generic(text) }
    }

    /// A node whose one value nobody expects here: noted, and kept as structure.
    mutating func misplaced(_ production: Production, _ text: RawSpan) {
        self.unexpected(production, text)
        guard !self.atClose else { return }
        let index = self.open(production, at: self.tokenBegin(text))
        self.mark(index, .unexpected)
        self.generic(text)
        self.close(index)
    }

    /// Ends a message: what is left is noted and kept.
    mutating func finish(_ text: RawSpan) {
        if !self.atEnd {
            self.unexpected(.crlf, text)
            while !self.atEnd { self.generic(text) }
        }
        // Only text that framer and tokenizer read differently has a line end inside.
        let rest = self.token.next
        guard rest < text.byteCount else { return }
        self.problem(.crlf, at: rest, .octet(text[rest]))
        self.leaf(.raw, range: rest..<text.byteCount, marks: .unexpected)
    }

    /// The rest of the line as it is.
    mutating func raw(_ production: Production, from start: Int, _ text: RawSpan) {
        var end = start
        while end < text.byteCount, text[end] != 0x0A { end += 1 }
        if end > start, end < text.byteCount, text[end - 1] == 0x0D { end -= 1 }
        self.leaf(production, range: start..<end)
        self.finishLine(at: end, text)
    }

    /// Nothing more is read of the line, which ends at `end`.
    mutating func finishLine(at end: Int, _ text: RawSpan) {
        self.lastEnd = end
        var next = end
        while next < text.byteCount, text[next] == 0x0D { next += 1 }
        if next < text.byteCount, text[next] == 0x0A { next += 1 }
        self.tokenizer.reset(to: text.byteCount)
        self.token = Token(kind: .lineEnd, offset: end, length: next - end)
    }
}
