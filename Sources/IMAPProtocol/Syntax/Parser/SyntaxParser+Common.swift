import IMAPWire
import Traffic

/// Productions that many commands and responses share.
extension SyntaxParser {
    /// RFC 3501 section 9, mailbox; names are modified UTF-7, or UTF-8 when the session agreed on it.
    mutating func mailbox(_ production: Production, _ text: RawSpan) {
        self.mailbox(production, .atom, text)
    }

    /// RFC 3501 section 9, list-mailbox: a pattern.
    mutating func listMailbox(_ text: RawSpan) {
        self.mailbox(.listMailbox, [.atom, .wildcards], text)
    }

    private mutating func mailbox(_ production: Production, _ forms: StringForms, _ text: RawSpan) {
        if self.token.kind == .atom {
            let end = self.token.range.upperBound
            if end < text.byteCount, text[end] != 0x20, text[end] != 0x0D, text[end] != 0x0A, text[end] != 0x29,
                text[end] != 0x28
            {
                // Exchange sends names with TAB unquoted.
                self.lengthenAtom(text)
            }
        }
        let index = self.tree.nodes.count
        self.string(production, forms, text)
        guard index < self.tree.nodes.count else { return }
        let node = self.tree.nodes[index]
        switch node.form {
        case .inner, .nil: return
        case .atom, .quoted, .literal, .literal8: break
        }
        let range = node.range
        for position in range where text[position] == UInt8(ascii: "&") {
            guard !self.context.utf8, !ModifiedUTF7.decode(text, range).isValid else { return }
            self.tolerate(.invalidModifiedUTF7, at: range.lowerBound, production)
            self.mark(index, .tolerated)
            return
        }
    }

    /// RFC 3501 section 9, flag.
    mutating func flag(_ text: RawSpan) {
        guard self.token.kind == .atom else { return self.oddFlag(text) }
        let isSystem = text.unsafeLoad(fromUncheckedByteOffset: self.token.offset, as: UInt8.self) == 0x5C
        let marks = self.checkFlag(isSystem, text)
        self.leaf(isSystem ? .flag : .flagKeyword, .atom, marks: marks, text)
    }

    private mutating func checkFlag(_ isSystem: Bool, _ text: RawSpan) -> SyntaxNode.Marks {
        let range = self.token.range
        for index in range.lowerBound + (isSystem ? 1 : 0)..<range.upperBound {
            let octet = text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            if octet >= 0x2B, octet != 0x5C, octet != 0x5D, octet < 0x7F { continue }
            // `\*` (RFC 3501 flag-perm).
            if octet == 0x2A, isSystem, range.count == 2 { continue }
            if octet >= 0x80 { return self.tolerate(.eightBitWithoutUTF8, .flag, text) }
            if octet == 0x5C || octet == 0x5D || octet == 0x25 || octet == 0x2A || octet == 0x22 {
                return self.tolerate(.specialInAtom, .flag, text)
            }
            if octet < 0x20 || octet == 0x7F { return self.tolerate(.controlInAtom, .flag, text) }
        }
        // A backslash alone (Dovecot's old XLIST plug-in).
        if isSystem, range.count == 1 { return self.tolerate(.specialInAtom, .flag, text) }
        return []
    }

    private mutating func oddFlag(_ text: RawSpan) {
        switch self.token.kind {
        case .atom: self.leaf(.flagKeyword, .atom, text)
        case .quoted:
            let marks = self.tolerate(.quotedAtom, .flag, text)
            self.leaf(.flagKeyword, .quoted, marks: marks, text)
        default: self.misplaced(.flag, text)
        }
    }

    /// RFC 3501 section 9, flag-list.
    mutating func flagList(_ production: Production, _ text: RawSpan) {
        self.list(production, text) { $0.flag($1) }
    }

    /// RFC 3501 section 9, date-time: `" 7-Feb-1994 21:52:25 -0800"`.
    mutating func dateTime(_ production: Production, _ text: RawSpan) {
        guard self.token.kind == .quoted else { return self.string(production, .nil, text) }
        let marks =
            DateShape.isDateTime(text, self.token.range) ? [] : self.tolerate(.badDate, production, text)
        self.leaf(production, .quoted, marks: marks, text)
    }

    /// RFC 3501 section 9, date: `1-Feb-1994`, or quoted.
    mutating func date(_ text: RawSpan) {
        switch self.token.kind {
        case .atom, .quoted:
            let marks = DateShape.isDate(text, self.token.range) ? [] : self.tolerate(.badDate, .date, text)
            self.leaf(.date, self.token.kind == .quoted ? .quoted : .atom, marks: marks, text)
        default: self.misplaced(.date, text)
        }
    }

    /// RFC 8474 section 7, objectid; in parentheses in answers.
    mutating func objectID(_ text: RawSpan) {
        if self.isNil(text) {
            self.leaf(.objectid, .nil, text)
        } else if self.token.kind == .listOpen {
            guard let index = self.openList(.objectidList, text) else { return }
            self.atom(.objectid, text)
            self.closeList(index, text)
        } else {
            self.atom(.objectid, text)
        }
    }

    /// A string in base64 (RFC 4648 section 4); `=` is an empty one where `allowsEmpty`.
    mutating func base64(_ production: Production, _ text: RawSpan) {
        guard self.token.kind == .atom else { return self.misplaced(production, text) }
        var marks: SyntaxNode.Marks = []
        if !Base64Shape.isValid(text, self.token.range) {
            marks = self.tolerate(.invalidBase64, production, text)
        }
        self.leaf(production, .atom, marks: marks, text)
    }
}
