import IMAPWire
import Traffic

/// What MIMEPART asks of a body part (Dovecot's SEARCH=X-MIMEPART): words of its own, and the keys of SEARCH that look into
/// headers and text.
extension Annotator {
    mutating func mimePartKey(_ text: RawSpan, depth: Int, negated: Bool) {
        guard depth < Annotator.searchNesting, !self.prose.isFull else { return self.prose.stop() }
        if self.take(.listOpen, text) {
            self.mimePartKeys(text, depth: depth + 1, negated: negated)
        } else if self.take("NOT", text) {
            self.mimePartKey(text, depth: depth + 1, negated: !negated)
        } else if self.take("OR", text) {
            if negated { self.prose.add("except those (") }
            self.mimePartKey(text, depth: depth + 1, negated: false)
            self.prose.add(", or ")
            self.mimePartKey(text, depth: depth + 1, negated: false)
            if negated { self.prose.add(")") }
        } else if !self.mimePartField(text, negated: negated) {
            _ = self.searchKey(text, depth: depth + 1, negated: negated)
        }
    }

    private mutating func mimePartKeys(_ text: RawSpan, depth: Int, negated: Bool) {
        if negated { self.prose.add("except those (") }
        var isFirst = true
        while let token = self.peek(text), token.kind != .listClose, !self.prose.isFull {
            if !isFirst { self.prose.add(" and ") }
            isFirst = false
            self.mimePartKey(text, depth: depth, negated: false)
        }
        _ = self.take(.listClose, text)
        if isFirst { self.prose.add("of any kind") }
        if negated { self.prose.add(")") }
    }

    /// A key that only MIMEPART knows; false when the next one is not.
    private mutating func mimePartField(_ text: RawSpan, negated: Bool) -> Bool {
        guard let token = self.peek(text), token.kind == .atom, token.length <= 16,
            let words = Annotator.mimePartFields[text.uppercased(token.range)]
        else { return false }
        self.skipValue(text)
        self.prose.add("whose ")
        self.prose.add(words)
        if text.matches(token.range, "PARAM") { self.mimePartName(text) }
        if text.matches(token.range, "DISPOSITION"), self.take("PARAM", text) {
            self.prose.add(" parameter")
            self.mimePartName(text)
        } else {
            _ = self.take("TYPE", text)
        }
        self.comparison(text, negated: negated)
        return true
    }

    private mutating func mimePartName(_ text: RawSpan) {
        guard let name = self.string(text) else { return }
        self.prose.add(" ")
        self.bare(text, name.range, unescape: true)
    }

    /// `is "bill.pdf"`, `LARGER 10000`, or a value alone.
    private mutating func comparison(_ text: RawSpan, negated: Bool) {
        let words: (StaticString, StaticString)
        if self.take("BEGINS", text) {
            words = (" begins with ", " does not begin with ")
        } else if self.take("ENDS", text) {
            words = (" ends in ", " does not end in ")
        } else if self.take("CONTAINS", text) {
            words = (" contains ", " does not contain ")
        } else if self.take("LARGER", text) || self.take("MIN", text) {
            words = (" is above ", " is not above ")
        } else if self.take("SMALLER", text) || self.take("MAX", text) {
            words = (" is below ", " is not below ")
        } else {
            _ = self.take("IS", text)
            words = (" is ", " is not ")
        }
        self.prose.add(negated ? words.1 : words.0)
        guard let value = self.string(text) else {
            self.prose.add("(missing)")
            return
        }
        if let number = text.number(value.range) { self.prose.quantity(number) } else { self.quoted(value, text) }
    }

    private static let mimePartFields: [String: StaticString] = [
        "FILENAME": "file name", "DESCRIPTION": "description", "ENCODING": "transfer encoding", "ID": "Content-ID",
        "LANGUAGE": "language", "LOCATION": "location", "MD5": "MD5 sum", "TYPE": "media type",
        "SUBTYPE": "media subtype", "PARAM": "parameter", "DISPOSITION": "disposition", "SIZE": "size",
        "DEPTH": "depth", "INDEX": "place among its siblings",
    ]
}
