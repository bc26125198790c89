import IMAPWire
import Traffic

/// Commands of RFC 3501 sections 6.1 and 6.2 and those extensions that concern the session as a whole.
extension Annotator {
    mutating func authenticate(_ text: RawSpan) {
        guard let mechanism = self.string(text) else {
            self.prose.add("starts a SASL login without naming a mechanism")
            return
        }
        self.prose.add(Annotator.takesAn(mechanism, text) ? "starts an " : "starts a ")
        if let row = Registry.row(.mechanism, text, mechanism.range) {
            for scalar in row.name.unicodeScalars { self.prose.append(scalar) }
        } else {
            self.bare(text, mechanism.range)
        }
        self.prose.add(" login")
        // RFC 4959 section 3: `=` is an initial response without octets.
        if let initial = self.next(text) {
            if initial.kind == .atom, initial.length == 1, text[initial.offset] == UInt8(ascii: "=") {
                self.prose.add(" with an empty initial response")
            } else {
                self.prose.add(" with an initial response")
                if self.isMasked(initial.range) { self.prose.add("; credentials masked") }
            }
        }
    }

    /// Whether the mechanism's name is spoken with a vowel first: EXTERNAL, NTLM, XOAUTH2.
    private static func takesAn(_ mechanism: Token, _ text: RawSpan) -> Bool {
        guard mechanism.length > 0 else { return false }
        switch text[mechanism.offset] & 0xDF {
        case UInt8(ascii: "A"), UInt8(ascii: "E"), UInt8(ascii: "O"), UInt8(ascii: "N"), UInt8(ascii: "X"): return true
        default: return false
        }
    }

    /// The user is named, the password never is, whether it was masked or not.
    mutating func login(_ text: RawSpan) {
        guard let user = self.string(text) else {
            self.prose.add("tries to log in without user name and password")
            return
        }
        self.prose.add("logs in as ")
        if user.kind == .atom {
            self.bare(text, user.range)
        } else if user.length > 0, user.length <= Annotator.shownCharacters, self.isPlain(user, text) {
            self.bare(text, user.range)
        } else {
            self.quoted(user, text)
        }
        guard let password = self.next(text) else {
            self.prose.add(" without a password")
            return
        }
        self.prose.add(" with a password sent as ")
        switch password.kind {
        case .quoted, .unterminatedQuoted: self.prose.add("a quoted string")
        case .literal: self.prose.add("a literal")
        default: self.prose.add("an atom")
        }
        if self.isMasked(password.range) { self.prose.add("; password masked") }
    }

    /// Letters, digits and what mail addresses are made of: readable without quotation marks.
    private func isPlain(_ token: Token, _ text: RawSpan) -> Bool {
        for index in token.range {
            switch text[index] {
            case 0x30...0x39, 0x40...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F: continue
            default: return false
            }
        }
        return true
    }

    mutating func enable(_ text: RawSpan) {
        self.prose.add("switches on ")
        if !self.enabling(text) { self.prose.add("nothing") }
    }

    /// Names the atoms up to the end of the message or of the list; false when there are none.
    mutating func words(_ text: RawSpan) -> Bool {
        let count = self.countValues(text)
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let token = self.next(text) {
            if token.kind == .listOpen {
                self.skipList(text)
                self.prose.add("(…)")
            } else {
                self.bare(text, token.range, unescape: token.kind == .quoted)
            }
        }
        return count > 0
    }

    mutating func compress(_ text: RawSpan) {
        self.registered(.compress)
        if let algorithm = self.string(text) {
            self.prose.add(" (")
            self.bare(text, algorithm.range)
            self.prose.add(")")
        }
    }

    /// RFC 5255 sections 3.2 and 4.7: without arguments they ask, with arguments they choose.
    mutating func preferences(_ command: Command, _ text: RawSpan) {
        guard self.peek(text) != nil else {
            self.prose.add(
                command == .language
                    ? "asks which languages the server's texts can have" : "asks how texts are compared and sorted"
            )
            return
        }
        self.prose.add(
            command == .language
                ? "chooses the language of the server's texts: " : "chooses how texts are compared and sorted: "
        )
        if command == .language, self.take("DEFAULT", text) { self.prose.add("the server's own") }
        _ = self.words(text)
    }

    mutating func proxyAuth(_ text: RawSpan) {
        self.prose.add("becomes the user ")
        if let user = self.string(text) { self.quoted(user, text) } else { self.prose.add("without a name") }
    }
}
