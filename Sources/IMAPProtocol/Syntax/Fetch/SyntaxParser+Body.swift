import IMAPWire
import Traffic

/// BODY and BODYSTRUCTURE (RFC 3501 section 7.4.2, RFC 9051 section 7.5.2).
extension SyntaxParser {
    /// A body: one part or several.
    mutating func body(_ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.noList(.body, nil: .nilForList, text) }
        guard let index = self.openList(.bodyTypeBasic, text) else { return }
        switch self.token.kind {
        case .listOpen: self.multipart(index, text)
        case .listClose:
            // Domino.
            self.tolerate(.emptyBody, at: self.token.offset - 1, .body)
            self.mark(index, .tolerated)
        default: self.onePart(index, text)
        }
        self.closeList(index, text)
    }

    // MARK: - Several parts

    private mutating func multipart(_ index: Int, _ text: RawSpan) {
        self.tree.nodes[index].production = .bodyTypeMpart
        while self.token.kind == .listOpen {
            if self.token.spaceBefore, self.lastKind == .listClose {
                self.tolerate(.extraSpace, at: self.lastEnd, .bodyTypeMpart)
            }
            self.body(text)
        }
        self.string(.mediaSubtype, text)
        self.multipartExtension(text)
    }

    /// body-ext-mpart: each field may be left out from the right.
    private mutating func multipartExtension(_ text: RawSpan) {
        guard !self.atClose else { return }
        self.parameters(.bodyFldParam, text)
        guard !self.atClose else { return }
        self.disposition(text)
        self.languageAndLocation(text)
    }

    /// Gmail and others: a multipart of no parts has nothing before its subtype.
    private mutating func multipartWithoutParts(_ index: Int, _ text: RawSpan) {
        self.tolerate(.multipartWithoutParts, at: self.tree.nodes[index].range.lowerBound, .bodyTypeMpart)
        self.mark(index, .tolerated)
        self.tree.nodes[index].production = .bodyTypeMpart
        self.multipartExtension(text)
    }

    // MARK: - One part

    private enum Media {
        case basic
        case text
        case message
    }

    private mutating func onePart(_ index: Int, _ text: RawSpan) {
        let type = self.token
        self.string(.mediaType, text)
        guard !self.atEnd else { return }
        switch self.token.kind {
        case .listOpen, .listClose:
            self.tree.nodes[index + 1].production = .mediaSubtype
            return self.multipartWithoutParts(index, text)
        case .atom where self.isNil(text) && type.kind == .quoted:
            self.tree.nodes[index + 1].production = .mediaSubtype
            return self.multipartWithoutParts(index, text)
        default: break
        }
        let subtype = self.token
        self.string(.mediaSubtype, text)
        if self.tree.nodes[index + 1].isNil, subtype.kind == .quoted {
            // `(NIL "alternative" ...)`: NIL stands for the parts.
            return self.multipartWithoutParts(index, text)
        }
        let media = self.media(type, subtype, text)
        if self.lacks(.bodyFldParam) { return }
        self.parameters(.bodyFldParam, text)
        if self.lacks(.bodyFldId) { return }
        self.nstring(.bodyFldId, text)
        if self.lacks(.bodyFldDesc) { return }
        self.nstring(.bodyFldDesc, text)
        if self.lacks(.bodyFldEnc) { return }
        // The encoding may not be NIL, and is with maddy and others.
        self.string(.bodyFldEnc, text)
        if self.lacks(.bodyFldOctets) { return }
        self.number(.bodyFldOctets, .number64, text)
        switch media {
        case .basic: break
        case .text:
            self.tree.nodes[index].production = .bodyTypeText
            self.lines(text)
        case .message: self.message(index, text)
        }
        self.onePartExtension(text)
    }

    private func media(_ type: Token, _ subtype: Token, _ text: RawSpan) -> Media {
        switch type.length {
        case 4 where text.matches(type.range, "TEXT"): .text
        case 7 where text.matches(type.range, "MESSAGE"):
            text.matches(subtype.range, "RFC822") || text.matches(subtype.range, "GLOBAL") ? .message : .basic
        default: .basic
        }
    }

    private mutating func lines(_ text: RawSpan) {
        if self.token.kind == .atom, !self.isNil(text) {
            self.number(.bodyFldLines, .number64, text)
        } else {
            self.tolerate(.missingLines, at: self.token.offset, .bodyFldLines)
        }
    }

    /// message/rfc822: envelope, body and lines, unless the server describes it as a plain part (Gmail).
    private mutating func message(_ index: Int, _ text: RawSpan) {
        guard self.token.kind == .listOpen else {
            self.tolerate(.messageAsBasicPart, at: self.tree.nodes[index].range.lowerBound, .bodyTypeMsg)
            self.mark(index, .tolerated)
            return
        }
        self.tree.nodes[index].production = .bodyTypeMsg
        let envelope = self.open(.envelope, at: self.token.offset)
        self.envelopeFields(text)
        self.close(envelope)
        self.body(text)
        self.lines(text)
    }

    /// body-ext-1part: each field may be left out from the right.
    private mutating func onePartExtension(_ text: RawSpan) {
        guard !self.atClose else { return }
        self.nstring(.bodyFldMd5, text)
        guard !self.atClose else { return }
        self.disposition(text)
        self.languageAndLocation(text)
    }

    // MARK: - Fields of both

    private mutating func parameters(_ production: Production, _ text: RawSpan) {
        guard self.token.kind == .listOpen else { return self.noList(production, text) }
        guard let index = self.openList(production, text) else { return }
        if self.token.kind == .listClose {
            self.tolerate(.emptyList, at: self.token.offset - 1, production)
            self.mark(index, .tolerated)
        }
        while !self.atClose {
            self.string(.paramName, text)
            // A value may not be NIL, and is with mail.ru.
            self.string(.paramValue, text)
        }
        self.closeList(index, text)
    }

    private mutating func disposition(_ text: RawSpan) {
        switch self.token.kind {
        case .listOpen:
            guard let index = self.openList(.bodyFldDsp, text) else { return }
            if !self.atClose { self.string(.dspType, text) }
            if !self.atClose { self.parameters(.dspParam, text) }
            self.closeList(index, text)
        case .atom where self.isNil(text):
            self.leaf(.bodyFldDsp, .nil, text)
        case .quoted, .literal, .atom:
            // Exchange.
            self.tolerate(.bareDisposition, at: self.token.offset, .bodyFldDsp)
            self.string(.bodyFldDsp, .atom, text)
        default: self.misplaced(.bodyFldDsp, text)
        }
    }

    private mutating func languageAndLocation(_ text: RawSpan) {
        guard !self.atClose else { return }
        if self.token.kind == .listOpen {
            self.list(.bodyFldLang, text) { $0.string(.languageTag, $1) }
        } else {
            self.nstring(.bodyFldLang, text)
        }
        guard !self.atClose else { return }
        self.nstring(.bodyFldLoc, text)
        while !self.atClose { self.bodyExtension(text) }
    }

    private mutating func bodyExtension(_ text: RawSpan) {
        let index = self.open(.bodyExtension, at: self.tokenBegin(text))
        self.generic(text)
        self.close(index)
    }
}
