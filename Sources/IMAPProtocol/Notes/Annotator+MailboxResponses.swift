import IMAPWire
import Traffic

/// LIST, STATUS and NAMESPACE answers (RFC 3501 section 7.2, RFC 2342).
extension Annotator {
    mutating func listResponse(_ response: Response, _ text: RawSpan) {
        let attributes = self.tokenizer.position
        self.skipValue(text)
        let separator = self.next(text)
        self.prose.add(response == .lsub ? "subscribed mailbox " : "mailbox ")
        guard let name = self.string(text) else { return }
        self.mailbox(name, text)
        let end = self.tokenizer.position
        self.tokenizer.reset(to: attributes)
        if self.take(.listOpen, text) { self.attributes(text) }
        self.tokenizer.reset(to: end)
        self.separator(separator, text, "; ")
        // RFC 9051 section 6.3.9.7: `("OLDNAME" ("old"))`.
        if self.take(.listOpen, text), let item = self.string(text), text.matches(item.range, "OLDNAME"),
            self.take(.listOpen, text), let old = self.string(text)
        {
            self.prose.add("; was ")
            self.mailbox(old, text)
        }
    }

    private mutating func attributes(_ text: RawSpan) {
        let count = self.countValues(text)
        guard count > 0 else { return }
        self.prose.add(": ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let attribute = self.next(text), attribute.kind == .atom {
            if let row = Registry.row(.mailboxAttribute, text, attribute.range) {
                self.prose.add(row)
            } else {
                self.bare(text, attribute.range)
            }
        }
    }

    private mutating func separator(_ separator: Token?, _ text: RawSpan, _ before: StaticString) {
        guard let separator else { return }
        self.prose.add(before)
        if self.isNil(separator, text) {
            self.prose.add("no hierarchy")
        } else {
            self.prose.add("separator ")
            self.quoted(separator, text)
        }
    }

    mutating func statusResponse(_ text: RawSpan) {
        guard let name = self.string(text) else { return }
        self.mailbox(name, text)
        guard self.take(.listOpen, text) else { return }
        self.prose.add(": ")
        let count = (self.countValues(text) + 1) / 2
        if count == 0 { self.prose.add("nothing") }
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let item = self.next(text), item.kind == .atom {
            self.statusValue(item, text)
        }
    }

    private mutating func statusValue(_ item: Token, _ text: RawSpan) {
        if let value = self.number(text) {
            if text.matches(item.range, "MESSAGES") {
                self.prose.counted(value, "message", "messages")
            } else if text.matches(item.range, "SIZE") {
                self.prose.counted(value, "octet", "octets")
            } else if let row = Registry.row(.statusItem, text, item.range) {
                switch row.name {
                case "UNSEEN", "RECENT", "DELETED", "DELETED-STORAGE":
                    self.prose.quantity(value)
                    self.prose.add(" ")
                    self.prose.add(row)
                case "APPENDLIMIT":
                    self.prose.add(row)
                    self.prose.add(" ")
                    self.prose.counted(value, "octet", "octets")
                default:
                    self.prose.add(row)
                    self.prose.add(" ")
                    self.prose.identifier(value)
                }
            } else {
                self.bare(text, item.range)
                self.prose.add(" ")
                self.prose.identifier(value)
            }
            return
        }
        if let row = Registry.row(.statusItem, text, item.range) {
            self.prose.add(row)
        } else {
            self.bare(text, item.range)
        }
        self.prose.add(" ")
        if self.take(.listOpen, text) {
            _ = self.words(text)
            self.skipList(text)
        } else if let value = self.string(text) {
            if self.isNil(value, text) { self.prose.add("none") } else { self.bare(text, value.range) }
        }
    }

    /// RFC 2342 section 5: personal, other users', shared; each NIL or a list of prefixes with separators.
    mutating func namespace(_ text: RawSpan) {
        self.namespaces(text, "personal mailboxes", "no personal mailboxes", isFirst: true)
        self.namespaces(text, "other users'", "no other users'", isFirst: false)
        self.namespaces(text, "shared ones", "no shared ones", isFirst: false)
    }

    private mutating func namespaces(_ text: RawSpan, _ who: StaticString, _ none: StaticString, isFirst: Bool) {
        if self.peek(text) == nil { return }
        if !isFirst { self.prose.add("; ") }
        guard self.take(.listOpen, text) else {
            self.skipValue(text)
            self.prose.add(none)
            return
        }
        self.prose.add(who)
        self.prose.add(isFirst ? " begin with " : " with ")
        var enumeration = Enumeration(count: self.countValues(text))
        while enumeration.advance(&self.prose), self.take(.listOpen, text) {
            if let prefix = self.string(text) { self.mailbox(prefix, text) }
            self.separator(self.string(text), text, ", ")
            self.skipList(text)
        }
        self.skipList(text)
    }
}
