import IMAPWire
import Traffic

/// Signed URLs: commands and responses of URLAUTH (RFC 4467, RFC 5524).
extension Annotator {
    // MARK: - Commands

    /// GENURLAUTH (RFC 4467 section 7): URLs without their token, each with a mechanism.
    mutating func signURLs(_ text: RawSpan) {
        self.prose.add("asks to sign the URL of ")
        let count = (self.countValues(text) + 1) / 2
        var enumeration = Enumeration(count: count, limit: 2)
        while enumeration.advance(&self.prose), let url = self.string(text) {
            self.messageURL(url, text)
            if let mechanism = self.string(text), !text.matches(mechanism.range, "INTERNAL") {
                self.prose.add(" (mechanism ")
                self.bare(text, mechanism.range)
                self.prose.add(")")
            }
        }
        if count == 0 { self.prose.add("nothing") }
    }

    /// URLFETCH (RFC 4467 section 7), with RFC 5524 `(url BODY BINARY)`.
    mutating func fetchURLs(_ text: RawSpan) {
        self.prose.add("reads through a signed URL ")
        let count = self.countValues(text)
        var enumeration = Enumeration(count: count, limit: 2)
        while enumeration.advance(&self.prose) {
            if self.take(.listOpen, text) {
                self.urlParts(text)
                self.prose.add("of ")
                if let url = self.string(text) { self.messageURL(url, text) }
                self.skipList(text)
            } else if let url = self.string(text) {
                self.messageURL(url, text)
            } else {
                break
            }
        }
        if count == 0 { self.prose.add("nothing") }
    }

    /// What RFC 5524 section 4 asks for; it stands behind the URL and is told before it.
    private mutating func urlParts(_ text: RawSpan) {
        let position = self.tokenizer.position
        defer { self.tokenizer.reset(to: position) }
        self.skipValue(text)
        var enumeration = Enumeration(count: self.countValues(text))
        while enumeration.advance(&self.prose), let part = self.string(text) {
            if text.matches(part.range, "BODY") {
                self.prose.add("the data")
            } else if text.matches(part.range, "BINARY") {
                self.prose.add("the decoded data")
            } else if text.matches(part.range, "BODYPARTSTRUCTURE") {
                self.prose.add("the structure")
            } else {
                self.bare(text, part.range)
            }
        }
        self.prose.add(" ")
    }

    /// RESETKEY (RFC 4467 section 7): `[mailbox *(mechanism)]`.
    mutating func resetKey(_ text: RawSpan) {
        self.prose.add("revokes all signed URLs of ")
        guard let mailbox = self.string(text) else {
            self.prose.add("the user")
            return
        }
        self.mailbox(mailbox, text)
        guard self.peek(text) != nil else { return }
        self.prose.add(" made with ")
        _ = self.words(text)
    }

    // MARK: - Responses

    mutating func signedURLs(_ text: RawSpan) {
        self.prose.add("signed URL of ")
        let count = self.countValues(text)
        var enumeration = Enumeration(count: count, limit: 2)
        while enumeration.advance(&self.prose), let url = self.string(text) { self.messageURL(url, text) }
        self.prose.add(count == 0 ? "nothing" : "; its token is as good as a password")
    }

    /// URLFETCH: a URL and its data, or with RFC 5524 lists of parts.
    mutating func fetchedURLs(_ text: RawSpan) {
        var isFirst = true
        while let url = self.string(text), !self.prose.isFull {
            if !isFirst { self.prose.add("; ") }
            isFirst = false
            self.messageURL(url, text)
            self.prose.add(": ")
            if self.peek(text)?.kind == .listOpen {
                self.fetchedParts(text)
            } else if let value = self.string(text) {
                if self.isNil(value, text) {
                    self.prose.add("cannot be read")
                } else {
                    self.prose.counted(self.octets(of: value, text), "octet", "octets")
                }
            } else {
                self.prose.add("nothing")
            }
        }
        if isFirst { self.prose.add("no data") }
    }

    private mutating func fetchedParts(_ text: RawSpan) {
        var isFirst = true
        while self.take(.listOpen, text), !self.prose.isFull {
            if !isFirst { self.prose.add(", ") }
            isFirst = false
            if let name = self.string(text) {
                if text.matches(name.range, "BODYPARTSTRUCTURE"), self.take(.listOpen, text) {
                    self.prose.add("structure ")
                    self.bodyStructure(text, depth: 0)
                } else {
                    self.prose.add(text.matches(name.range, "BINARY") ? "decoded " : "")
                    if let value = self.string(text) {
                        if self.isNil(value, text) {
                            self.prose.add("cannot be read")
                        } else {
                            self.prose.counted(self.octets(of: value, text), "octet", "octets")
                        }
                    }
                }
            }
            self.skipList(text)
        }
    }
}
