import IMAPWire
import Traffic

/// Client lines (RFC 3501 section 9, command; RFC 9051 section 9).
extension SyntaxParser {
    mutating func command(_ text: RawSpan) {
        let index = self.open(.command, at: self.token.offset)
        self.current = .command
        if self.token.kind == .atom {
            let marks = self.checkAtom(.tag, text, brackets: true, wildcards: false)
            self.leaf(.tag, .atom, marks: marks, text)
        } else {
            self.unexpected(.tag, text)
            if !self.atEnd { self.generic(text) }
        }
        self.commandName(text)
        self.finish(text)
        self.close(index)
    }

    private mutating func commandName(_ text: RawSpan) {
        guard self.token.kind == .atom else { return self.unexpected(.commandName, text) }
        guard self.at("UID", text) else { return self.namedCommand(text) }
        let index = self.open(.uidCommand, at: self.token.offset)
        self.advance(text)
        if self.token.kind == .atom { self.namedCommand(text) } else { self.unexpected(.commandName, text) }
        self.close(index)
    }

    private mutating func namedCommand(_ text: RawSpan) {
        if self.known(.command, text) { return }
        let index = self.open(self.isExperimental(text) ? .experimentalCommand : .unknownCommand, at: self.token.offset)
        self.leaf(.keyword, .atom, text)
        self.genericRest(text)
        self.close(index)
    }

    /// A name that begins with X is anybody's to use (RFC 3501 section 6.5.1).
    private func isExperimental(_ text: RawSpan) -> Bool {
        self.token.length > 1 && text[self.token.offset] & 0xDF == UInt8(ascii: "X")
    }

    // MARK: - Lines that are no commands

    /// RFC 9051 section 6.2.2: base64, an empty line, or `*`.
    mutating func authenticateResponse(_ text: RawSpan) {
        let index = self.open(.authenticateResponse, at: self.token.offset)
        if self.token.kind == .atom, self.token.length == 1, text[self.token.offset] == UInt8(ascii: "*") {
            self.leaf(.cancelResponse, .atom, text)
        } else if !self.atEnd {
            self.base64(.base64, text)
        }
        self.finish(text)
        self.close(index)
    }

    /// RFC 2177 section 4.
    mutating func idleDone(_ text: RawSpan) {
        let index = self.open(.idleDone, at: self.token.offset)
        if !self.take("DONE", text) { self.unexpected(.idleDone, text) }
        self.finish(text)
        self.close(index)
    }
}
