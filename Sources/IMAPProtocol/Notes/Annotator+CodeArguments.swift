import IMAPWire
import Traffic

/// Arguments of the response codes of extensions.
extension Annotator {
    mutating func newName(_ text: RawSpan) -> Bool {
        guard let old = self.string(text), let new = self.string(text) else { return false }
        self.prose.add("mailbox ")
        self.mailbox(old, text)
        self.prose.add(" was renamed to ")
        self.mailbox(new, text)
        return true
    }

    /// RFC 9585 section 4: `("tag" done goal)`, each may be NIL.
    mutating func progress(_ text: RawSpan) -> Bool {
        guard self.take(.listOpen, text) else { return false }
        let tag = self.string(text)
        let done = self.number(text)
        if done == nil { self.skipValue(text) }
        let goal = self.number(text)
        self.prose.add("still working")
        if let tag, !self.isNil(tag, text) {
            self.prose.add(" on ")
            self.bare(text, tag.range, unescape: true)
        }
        guard let done else { return true }
        self.prose.add(": ")
        self.prose.quantity(done)
        if let goal {
            self.prose.add(" of ")
            self.prose.quantity(goal)
        }
        self.prose.add(" done")
        if let goal, goal > 0, done <= goal {
            self.prose.add(" (")
            self.prose.quantity(
                done.multipliedFullWidth(by: 100).high > 0 ? done / (goal / 100 + 1) : done * 100 / goal
            )
            self.prose.add("%)")
        }
        return true
    }

    /// RFC 9738 section 3.1: how many messages were handled, and the lowest UID among them.
    mutating func messageLimit(_ text: RawSpan) -> Bool {
        guard let count = self.number(text) else { return false }
        self.prose.add("only ")
        self.prose.counted(count, "message was", "messages were")
        self.prose.add(" handled")
        if let uid = self.number(text) {
            self.prose.add("; go on below UID ")
            self.prose.identifier(uid)
        }
        return true
    }

    /// RFC 5464 sections 4.2.1 and 4.3.
    mutating func metadataLimit(_ text: RawSpan) -> Bool {
        if self.take("LONGENTRIES", text) {
            self.prose.add("longer annotations were left out; the longest has ")
        } else if self.take("MAXSIZE", text) {
            self.prose.add("the annotation is too large; at most ")
        } else if self.take("TOOMANY", text) {
            self.prose.add("too many annotations")
            return true
        } else if self.take("NOPRIVATE", text) {
            self.prose.add("private annotations are not supported")
            return true
        } else {
            return false
        }
        guard let size = self.number(text) else { return false }
        self.prose.counted(size, "octet", "octets")
        return true
    }

    /// RFC 5257 section 4.2.
    mutating func annotateLimit(_ text: RawSpan) -> Bool {
        if self.take("TOOBIG", text) {
            self.prose.add("the message annotation is too large")
        } else if self.take("TOOMANY", text) {
            self.prose.add("too many annotations on the message")
        } else {
            return false
        }
        return true
    }

    /// RFC 2221 section 4.1 and RFC 2193 section 4: one or more URLs.
    mutating func referral(_ text: RawSpan) -> Bool {
        let count = self.countValues(text)
        guard count > 0 else { return false }
        self.prose.add("the client should go to ")
        var enumeration = Enumeration(count: count, limit: 2)
        while enumeration.advance(&self.prose), let url = self.string(text) { self.messageURL(url, text) }
        return true
    }

    /// RFC 4469 section 4.1.
    mutating func badURL(_ text: RawSpan) -> Bool {
        guard let url = self.string(text) else { return false }
        self.prose.add("the URL cannot be used: ")
        self.messageURL(url, text)
        return true
    }

    mutating func webAlert(_ text: RawSpan) -> Bool {
        guard let url = self.string(text) else { return false }
        self.prose.add("the user must visit ")
        self.foreignURL(url, text)
        return true
    }

    /// RFC 4467 section 8: `INTERNAL XSAMPLE=P34OKhO7VEkCbsiYY8rGEg==`; the data behind `=` may be secret.
    mutating func urlMechanisms(_ text: RawSpan) -> Bool {
        let count = self.countValues(text)
        guard count > 0 else { return false }
        self.prose.add("URLs can be signed with ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let mechanism = self.string(text) {
            var name = mechanism.range
            for index in name where text[index] == UInt8(ascii: "=") {
                name = name.lowerBound..<index
                break
            }
            self.bare(text, name)
        }
        return true
    }

    /// The bundle of the OBJECTID+ draft: `(MAILBOXID (F1) ACCOUNTID (a))` or bare identifiers.
    mutating func identifiers(_ text: RawSpan) -> Bool {
        guard self.peek(text) != nil else { return false }
        self.prose.add("permanent identifiers: ")
        self.value(text)
        return true
    }

    /// RFC 5257 section 4.2: `ANNOTATIONS 20480 NOPRIVATE`, `READ-ONLY` or `NONE`.
    mutating func annotationLimits(_ text: RawSpan) -> Bool {
        if self.take("NONE", text) {
            self.prose.add("messages of this mailbox cannot be annotated")
        } else if self.take("READ-ONLY", text) {
            self.prose.add("annotations of messages cannot be changed here")
        } else if let size = self.number(text) {
            self.prose.add("annotations of messages may have up to ")
            self.prose.counted(size, "octet", "octets")
        } else {
            return false
        }
        if self.take("NOPRIVATE", text) { self.prose.add("; private ones are not supported") }
        return true
    }

    /// RFC 5259 section 9: which parts could not be converted for now.
    mutating func failedParts(_ text: RawSpan) -> Bool {
        guard self.peek(text) != nil else { return false }
        self.prose.add("could not be converted for now: ")
        return self.words(text)
    }

    /// RFC 5465 section 8: the events that the server does support.
    mutating func badEvents(_ text: RawSpan) -> Bool {
        guard self.take(.listOpen, text) else { return false }
        self.prose.add("some events cannot be pushed; the server knows ")
        return self.words(text)
    }

    /// `: “1 2”`, the arguments of a code that nobody documented.
    mutating func rawArguments(_ code: ResponseCode, _ text: RawSpan) {
        var start = code.arguments
        while start < code.end, text[start] == 0x20 { start += 1 }
        guard start < code.end else { return }
        self.prose.add(": “")
        self.bare(text, start..<code.end)
        self.prose.add("”")
    }
}
