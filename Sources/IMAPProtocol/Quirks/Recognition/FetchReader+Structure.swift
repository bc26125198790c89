import IMAPWire
import Traffic

// MARK: - BODY and BODYSTRUCTURE (RFC 9051 section 7.5.2)

extension FetchReader {
    /// A body: a part or a multipart.
    mutating func structure(_ text: RawSpan, depth: Int) {
        guard let open = self.next(text) else { return }
        guard open.kind == .listOpen else { return self.skip(open, text) }
        self.openedStructure(text, depth: depth, at: open.offset)
    }

    /// A body whose `(` was read.
    private mutating func openedStructure(_ text: RawSpan, depth: Int, at offset: Int) {
        guard depth < Self.maximumDepth else { return self.skipRest(text) }
        guard let first = self.next(text) else { return }
        switch first.kind {
        case .listClose: self.note(.emptyListForNil, at: offset)
        case .listOpen:
            self.openedStructure(text, depth: depth + 1, at: first.offset)
            self.multipart(text, depth: depth)
        case .atom where text.matches(first.range, "NIL"):
            self.note(.multipartWithoutParts, at: offset)
            self.skipRest(text)
        default: self.part(text, type: first, depth: depth, at: offset)
        }
    }

    /// More parts, then the subtype and the extension data.
    private mutating func multipart(_ text: RawSpan, depth: Int) {
        while let token = self.next(text) {
            if token.kind == .listClose { return }
            if token.kind == .listOpen {
                self.openedStructure(text, depth: depth + 1, at: token.offset)
                continue
            }
            break
        }
        guard self.parameters(text) else { return }
        guard self.disposition(text) else { return }
        self.skipRest(text)
    }

    private mutating func part(_ text: RawSpan, type: Token, depth: Int, at offset: Int) {
        guard let subtype = self.next(text) else { return }
        switch subtype.kind {
        case .listOpen, .listClose:
            self.note(.multipartWithoutParts, at: offset)
            if subtype.kind == .listOpen {
                self.skipRest(text)
                self.skipRest(text)
            }
            return
        case .atom where text.matches(subtype.range, "NIL"):
            self.note(.multipartWithoutParts, at: offset)
            return self.skipRest(text)
        default: break
        }
        guard self.parameters(text), self.field(text) != nil, self.field(text) != nil else { return }
        guard let encoding = self.field(text) else { return }
        if encoding.kind == .atom, text.matches(encoding.range, "NIL") { self.note(.nilEncoding, at: encoding.offset) }
        guard let octets = self.field(text) else { return }
        if octets.kind == .atom, text.number(octets.range) == nil { self.odd(text, octets) }
        if text.matches(type.range, "MESSAGE"), text.matches(subtype.range, "RFC822") {
            guard self.enclosedMessage(text, depth: depth) else { return }
        } else if text.matches(type.range, "TEXT") {
            guard let lines = self.next(text) else { return }
            if lines.kind == .listClose || lines.kind != .atom || text.matches(lines.range, "NIL") {
                self.note(.textWithoutLines, at: lines.offset)
                if lines.kind == .listClose { return }
                self.putBack(lines)
            } else if text.number(lines.range) == nil {
                self.odd(text, lines)
            }
        }
        // body-fld-md5, then what multiparts have too.
        guard self.field(text) != nil, self.disposition(text) else { return }
        self.skipRest(text)
    }

    /// `envelope body lines` of a message/rfc822 part. False when the part is over.
    private mutating func enclosedMessage(_ text: RawSpan, depth: Int) -> Bool {
        guard let token = self.next(text) else { return false }
        guard token.kind == .listOpen else {
            self.note(.messageWithoutEnvelope, at: token.offset)
            if token.kind == .listClose { return false }
            self.putBack(token)
            return true
        }
        self.putBack(token)
        self.envelope(text)
        self.structure(text, depth: depth + 1)
        guard let lines = self.field(text) else { return false }
        if lines.kind == .atom, text.number(lines.range) == nil { self.odd(text, lines) }
        return true
    }

    /// One field that is no list; nil at the end of the part.
    private mutating func field(_ text: RawSpan) -> Token? {
        guard let token = self.next(text), token.kind != .listClose else { return nil }
        if token.kind == .listOpen { self.skipRest(text) }
        return token
    }

    /// `("name" "value" …)` or NIL. False at the end of the part.
    private mutating func parameters(_ text: RawSpan) -> Bool {
        guard let open = self.next(text), open.kind != .listClose else { return false }
        guard open.kind == .listOpen else { return true }
        var count = 0
        while let token = self.next(text), token.kind != .listClose {
            if token.kind == .listOpen { self.skipRest(text) }
            if count % 2 == 1, token.kind == .atom, text.matches(token.range, "NIL") {
                self.note(.nilParameter, at: token.offset)
            }
            count += 1
        }
        if count == 0 { self.note(.emptyListForNil, at: open.offset) }
        return true
    }

    /// `("type" parameters)` or NIL. False at the end of the part.
    private mutating func disposition(_ text: RawSpan) -> Bool {
        guard let open = self.next(text), open.kind != .listClose else { return false }
        switch open.kind {
        case .listOpen: break
        case .atom: return true
        default:
            self.note(.dispositionNotParenthesised, at: open.offset)
            return true
        }
        guard let type = self.next(text) else { return false }
        if type.kind == .listClose {
            self.note(.emptyListForNil, at: open.offset)
            return true
        }
        if type.kind == .atom, text.matches(type.range, "NIL") { self.note(.nilDisposition, at: open.offset) }
        self.skipRest(text)
        return true
    }
}
