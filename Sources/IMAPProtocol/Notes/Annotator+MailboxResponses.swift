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
        if self.take(.listOpen, text) { self.extendedItems(text) }
    }

    /// RFC 5258 section 3.5 and RFC 9051 section 6.3.9.7: pairs of a name and a value.
    private mutating func extendedItems(_ text: RawSpan) {
        while let item = self.string(text), !self.prose.isFull {
            self.prose.add("; ")
            if text.matches(item.range, "OLDNAME") {
                self.prose.add("was ")
                if !self.mailboxes(text) { self.prose.add("without a name") }
            } else if text.matches(item.range, "CHILDINFO") {
                self.childInfo(text)
            } else {
                self.unknown("item ", text, item.range)
                self.prose.add(" ")
                self.value(text)
            }
        }
    }

    /// What mailboxes below it are, which were not listed themselves.
    private mutating func childInfo(_ text: RawSpan) {
        self.prose.add("below it are ")
        guard self.take(.listOpen, text) else {
            self.skipValue(text)
            self.prose.add("mailboxes")
            return
        }
        if self.take("SUBSCRIBED", text) || self.takeQuoted("SUBSCRIBED", text) {
            self.prose.add("subscribed mailboxes")
        } else {
            self.prose.add("mailboxes with ")
            _ = self.words(text)
        }
        self.skipList(text)
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
                self.statusNumber(row, value)
            } else {
                self.statusName(item, text)
                self.prose.add(" ")
                self.prose.identifier(value)
            }
            return
        }
        self.statusName(item, text)
        self.prose.add(" ")
        self.value(text)
    }

    private mutating func statusNumber(_ row: RegistryRow, _ value: UInt64) {
        switch row.name {
        case "UNSEEN", "RECENT", "DELETED", "DELETED-STORAGE":
            self.prose.quantity(value)
            self.prose.add(" ")
            self.prose.add(row)
        case "APPENDLIMIT":
            self.prose.add(row)
            self.prose.add(" ")
            self.prose.counted(value, "octet", "octets")
        // RFC 7162 section 3.1.2.2
        case "HIGHESTMODSEQ" where value == 0:
            self.prose.add("no mod-sequences")
        default:
            self.prose.add(row)
            self.prose.add(" ")
            self.prose.identifier(value)
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
            self.namespaceExtensions(text)
            self.skipList(text)
        }
        self.skipList(text)
    }

    /// RFC 5255 section 3.4: `"TRANSLATION" ("Andere Ben&APw-tzer/")`; others are told by name.
    private mutating func namespaceExtensions(_ text: RawSpan) {
        while let name = self.string(text), !self.prose.isFull {
            if text.matches(name.range, "TRANSLATION"), self.take(.listOpen, text) {
                self.prose.add(", called ")
                if let shown = self.string(text) { self.mailbox(shown, text) }
                self.skipList(text)
            } else {
                self.prose.add(", ")
                self.unknown("extension ", text, name.range)
                self.skipValue(text)
            }
        }
    }
}
