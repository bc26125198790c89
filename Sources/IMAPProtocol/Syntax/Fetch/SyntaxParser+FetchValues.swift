import IMAPWire
import Traffic

/// Values of FETCH items that are neither envelope nor body.
extension SyntaxParser {
    /// The flags of FETCH, right below the item: the list is the item's own.
    mutating func bareFlagList(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.bareFlags(text) }
        self.advance(text)
        self.depth += 1
        while !self.atClose { self.flag(text) }
        self.endFields(.flagList, text)
    }

    /// Flags without their parentheses: those with a backslash are flags for certain.
    private mutating func bareFlags(_ text: RawSpan) {
        guard self.token.kind == .atom, text[self.token.offset] == 0x5C else { return self.oddList(.flagList, text) }
        self.tolerate(.bareListMember, at: self.token.offset, .flagList)
        while self.token.kind == .atom, text[self.token.offset] == 0x5C { self.flag(text) }
    }

    /// `(n)` (RFC 7162 section 7, permsg-modsequence).
    mutating func parenthesizedNumber(_ production: Production, _ text: RawSpan) {
        guard self.token.kind == .listOpen else {
            self.tolerate(.bareListMember, at: self.token.offset, production)
            return self.number(production, .nonZero64, text)
        }
        self.advance(text)
        self.depth += 1
        self.number(production, .nonZero64, text)
        self.endFields(production, text)
    }

    /// RFC 8970 section 4: `PREVIEW nstring`; before it Dovecot's `PREVIEW (FUZZY "...")`.
    mutating func previewValue(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.nstring(.nstring, text) }
        guard let index = self.openList(.previewAlgorithmAndText, text) else { return }
        self.atom(.previewAlgorithm, text)
        if !self.atClose { self.nstring(.nstring, text) }
        self.closeList(index, text)
    }

    /// `(LAZY)` (RFC 8970 section 4), `(FUZZY)`.
    mutating func previewModifiers(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return }
        self.list1(.previewModifiers, text) { $0.atom(.previewModifier, $1) }
    }

    /// Gmail's labels: strings, atoms and `\Inbox` (X-GM-EXT-1).
    mutating func labels(_ text: RawSpan) {
        if self.token.kind == .listOpen {
            self.advance(text)
            self.depth += 1
            while !self.atClose { self.label(text) }
            self.endFields(.xGmLabel, text)
        } else if self.isNil(text) {
            self.leaf(.xGmLabel, .nil, text)
        } else {
            self.label(text)
        }
    }

    mutating func label(_ text: RawSpan) {
        if self.token.kind == .atom, text[self.token.offset] == 0x5C {
            self.leaf(.xGmLabel, .atom, text)
        } else {
            self.mailbox(.xGmLabel, text)
        }
    }

    /// RFC 5257 section 4.3: `ANNOTATION (entries attributes)`.
    mutating func annotationRequest(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.oddList(.annotationList, text) }
        guard let index = self.openList(.annotationList, text) else { return }
        self.oneOrList(.entryMatch, .entryMatches, text)
        self.oneOrList(.attribMatch, .attribMatches, text)
        self.closeList(index, text)
    }

    /// RFC 5257 section 5: `ANNOTATION (entry (attribute value ...) ...)`.
    mutating func annotations(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.oddList(.entryAtt, text) }
        self.advance(text)
        self.depth += 1
        while !self.atClose {
            self.astring(.entry, text)
            if self.token.kind == .listOpen { self.attributeValues(text) }
        }
        self.endFields(.entryAtt, text)
    }

    /// `(attribute value ...)`
    mutating func attributeValues(_ text: RawSpan) {
        self.list(.attValues, text) { parser, text in
            parser.astring(.attrib, text)
            if !parser.atClose { parser.nstring(.attValue, text) }
        }
    }

    /// One astring, or a list of them.
    mutating func oneOrList(_ one: Production, _ many: Production, _ text: RawSpan) {
        if self.token.kind == .listOpen {
            self.list1(many, text) { $0.string(one, [.atom, .wildcards], $1) }
        } else {
            self.string(one, [.atom, .wildcards], text)
        }
    }
}
