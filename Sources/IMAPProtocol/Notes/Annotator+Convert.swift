import IMAPWire
import Traffic

/// CONVERT and CONVERSIONS (RFC 5259).
extension Annotator {
    /// `set ("text/plain" ("charset" "utf-8")) BINARY[2]`; the items are told first.
    mutating func convert(_ text: RawSpan, isUID: Bool) {
        self.prose.add("asks for ")
        guard let set = self.string(text) else {
            self.prose.add("converted parts")
            return
        }
        let parameters = self.tokenizer.position
        self.skipValue(text)
        self.fetchItems(text)
        self.prose.add(" of ")
        self.messages(text, set.range, isUID: isUID)
        self.tokenizer.reset(to: parameters)
        guard self.take(.listOpen, text) else { return }
        self.prose.add(", converted to ")
        if let type = self.string(text), !self.isNil(type, text) {
            self.lowercased(text, type.range)
        } else {
            // RFC 5259 section 6: NIL leaves the choice to the server.
            self.prose.add("what the server thinks best")
        }
        self.conversionParameters(text)
    }

    /// ` (charset utf-8, pix-x 128)`.
    private mutating func conversionParameters(_ text: RawSpan) {
        guard self.take(.listOpen, text) else { return }
        let count = (self.countValues(text) + 1) / 2
        guard count > 0 else { return }
        self.prose.add(" (")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let name = self.string(text) {
            self.bare(text, name.range, unescape: true)
            self.prose.add(" ")
            self.value(text)
        }
        self.prose.add(")")
        self.skipList(text)
    }

    /// `CONVERSIONS "from" "to"`; `*` stands for any type.
    mutating func conversions(_ text: RawSpan) {
        guard let from = self.string(text), let to = self.string(text) else {
            self.registered(.conversions)
            return
        }
        self.prose.add("asks whether ")
        self.mediaType(from, text)
        self.prose.add(" can be converted to ")
        self.mediaType(to, text)
    }

    private mutating func mediaType(_ type: Token, _ text: RawSpan) {
        if text.matches(type.range, "*") { self.prose.add("anything") } else { self.lowercased(text, type.range) }
    }

    // MARK: - Responses

    /// `CONVERSION "from" "to" [(parameters)]`
    mutating func conversion(_ text: RawSpan) {
        guard let from = self.string(text), let to = self.string(text) else { return }
        self.mediaType(from, text)
        self.prose.add(" can be converted to ")
        self.mediaType(to, text)
        guard self.take(.listOpen, text), self.peek(text)?.kind != .listClose else { return }
        self.prose.add("; parameters ")
        _ = self.words(text)
    }

    /// `n CONVERTED (TAG "t") (items)`
    mutating func converted(_ line: ResponseHead, _ text: RawSpan) {
        guard let number = line.number else { return }
        self.prose.add("message ")
        self.prose.identifier(number)
        self.prose.add(" converted")
        self.skipValue(text)
        if self.take(.listOpen, text) { self.fetchedItems(text) }
    }

    /// `(ERROR "text" CODE …)` in place of data (RFC 5259 section 9); the parenthesis is taken.
    mutating func conversionFailure(_ text: RawSpan) {
        guard self.take("ERROR", text) else {
            self.prose.add(" with a list of ")
            self.prose.quantity(UInt64(self.countValues(text)))
            self.skipList(text)
            return
        }
        self.prose.add(" could not be converted")
        if let words = self.string(text) {
            self.prose.add(": ")
            self.quoted(words, text)
        }
        if let code = self.string(text) {
            self.prose.add(" (")
            self.bare(text, code.range)
            self.prose.add(")")
        }
        self.skipList(text)
    }
}
