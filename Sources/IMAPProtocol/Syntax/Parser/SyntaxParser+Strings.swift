import IMAPWire
import Traffic

/// Strings in all their forms (RFC 3501 section 4.3, RFC 9051 section 4.3).
extension SyntaxParser {
    /// What may stand for a string beside a quoted one and a literal.
    struct StringForms: OptionSet {
        var rawValue: UInt8
        static let `nil` = StringForms(rawValue: 1)
        static let atom = StringForms(rawValue: 2)
        /// `%` and `*` too (RFC 3501 list-mailbox).
        static let wildcards = StringForms(rawValue: 4)
    }

    mutating func string(_ production: Production, _ text: RawSpan) {
        self.string(production, [], text)
    }

    mutating func nstring(_ production: Production, _ text: RawSpan) {
        self.string(production, .nil, text)
    }

    mutating func astring(_ production: Production, _ text: RawSpan) {
        self.string(production, .atom, text)
    }

    mutating func string(_ production: Production, _ forms: StringForms, _ text: RawSpan) {
        switch self.token.kind {
        case .quoted: self.quoted(production, text)
        case .literal: self.literal(production, text)
        case .atom where !forms.contains(.atom) && self.isNil(text):
            var marks: SyntaxNode.Marks = []
            if !forms.contains(.nil) { marks = self.tolerate(.nilForString, production, text) }
            self.leaf(production, .nil, marks: marks, text)
        default: self.oddString(production, forms, text)
        }
    }

    private mutating func oddString(_ production: Production, _ forms: StringForms, _ text: RawSpan) {
        switch self.token.kind {
        case .atom, .section:
            var marks: SyntaxNode.Marks = []
            if forms.contains(.atom) {
                marks = self.checkAtom(production, text, brackets: true, wildcards: forms.contains(.wildcards))
            } else {
                marks = self.tolerate(.atomForString, production, text)
            }
            if self.hasEightBit { marks.formUnion(self.checkEightBit(production, text)) }
            self.leaf(production, .atom, marks: marks, text)
        case .unterminatedQuoted:
            self.unexpected(.quoted, text)
            self.leaf(production, .quoted, marks: [.unexpected, .cut], text)
        case .listOpen:
            let index = self.open(production, at: self.token.offset)
            let offset = self.token.offset
            if forms.contains(.nil), self.tokenizer.position < text.byteCount,
                text[self.tokenizer.position] == UInt8(ascii: ")")
            {
                self.tolerate(.emptyListForNil, at: offset, production)
                self.advance(text)
                self.advance(text)
                self.tree.nodes[index].form = .nil
                self.mark(index, .tolerated)
            } else {
                self.unexpected(production, text)
                self.generic(text)
                self.mark(index, .unexpected)
            }
            self.close(index)
        case .stray:
            // A brace that announces nothing: `{-1}`, `{99999999999999999999}`.
            self.unexpected(production, text)
            self.lengthenAtom(text)
            self.leaf(production, .atom, marks: .unexpected, text)
        case .quoted, .literal: break
        case .listClose, .lineEnd: self.unexpected(production, text)
        }
    }

    /// A quoted string. One that holds quotes without escapes (Gmail, iCloud, 163) goes on to the quote that can end it.
    mutating func quoted(_ production: Production, _ text: RawSpan) {
        var marks: SyntaxNode.Marks = []
        let next = self.token.next
        if next < text.byteCount {
            let octet = text[next]
            if octet != 0x20, octet != 0x29, octet != 0x0D, octet != 0x0A, octet != 0x28 {
                marks = self.lengthenQuoted(production, text)
            }
        }
        if self.hasEightBit { marks.formUnion(self.checkEightBit(production, text)) }
        self.leaf(production, .quoted, marks: marks, text)
    }

    private mutating func lengthenQuoted(_ production: Production, _ text: RawSpan) -> SyntaxNode.Marks {
        guard self.looksForLostQuote else { return [] }
        var index = self.token.next
        while index < text.byteCount, text[index] != 0x0A {
            if text[index] == 0x22 {
                let after = index + 1 < text.byteCount ? text[index + 1] : 0x0A
                if after == 0x20 || after == 0x29 || after == 0x0D || after == 0x0A {
                    self.tolerate(.unescapedQuote, at: self.token.offset - 1, production)
                    self.token.length = index - self.token.offset
                    self.tokenizer.reset(to: self.token.next)
                    return .tolerated
                }
            }
            index += 1
        }
        self.looksForLostQuote = false
        return []
    }

    mutating func literal(_ production: Production, _ text: RawSpan) {
        let (size, binary) = self.announcement(text)
        var marks: SyntaxNode.Marks = []
        if UInt64(self.token.length) < size, self.token.length < self.tokenizer.literalPrefix { marks = .cut }
        self.leaf(production, binary ? .literal8 : .literal, number: size, marks: marks, text)
    }

    /// An atom that is a name of the grammar and never a string.
    mutating func atom(_ production: Production, _ text: RawSpan) {
        switch self.token.kind {
        case .atom:
            let marks = self.checkAtom(production, text, brackets: false, wildcards: false)
            self.leaf(production, .atom, marks: marks, text)
        case .quoted:
            let marks = self.tolerate(.quotedAtom, production, text)
            self.leaf(production, .quoted, marks: marks, text)
        default: self.misplaced(production, text)
        }
    }

    /// Notes octets that do not belong in an atom (RFC 3501 section 9, ATOM-CHAR and ASTRING-CHAR).
    mutating func checkAtom(
        _ production: Production,
        _ text: RawSpan,
        brackets: Bool,
        wildcards: Bool
    ) -> SyntaxNode.Marks {
        for index in self.token.range {
            let octet = text.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self)
            // Letters, digits and most of the others first.
            if octet >= 0x2B, octet != 0x5C, octet != 0x5D, octet < 0x7B { continue }
            switch octet {
            case 0x5D where !brackets, 0x5C, 0x22: return self.tolerate(.specialInAtom, production, text)
            case 0x25 where !wildcards, 0x2A where !wildcards: return self.tolerate(.specialInAtom, production, text)
            case 0x7B: return self.tolerate(.specialInAtom, production, text)
            case 0..<0x20, 0x7F: return self.tolerate(.controlInAtom, production, text)
            default: continue
            }
        }
        return []
    }

    /// Notes octets above 0x7F where the session has not agreed on UTF-8, and sequences that are not UTF-8.
    private mutating func checkEightBit(_ production: Production, _ text: RawSpan) -> SyntaxNode.Marks {
        let octets = text.extracting(self.token.range)
        guard octets.hasEightBit else { return [] }
        if !UTF8Check.isValid(octets) { return self.tolerate(.invalidUTF8, production, text) }
        if !self.context.utf8 { return self.tolerate(.eightBitWithoutUTF8, production, text) }
        return []
    }
}
