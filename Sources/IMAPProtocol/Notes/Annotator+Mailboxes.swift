import IMAPWire
import Traffic

/// Commands of RFC 3501 section 6.3 and 6.4.1 to 6.4.3 that name a mailbox.
extension Annotator {
    mutating func select(_ command: Command, _ text: RawSpan) {
        self.prose.add("opens ")
        self.mailboxArgument(text)
        if command == .examine { self.prose.add(" read-only") }
        guard self.take(.listOpen, text) else { return }
        while let parameter = self.next(text), parameter.kind != .listClose, !self.prose.isFull {
            if text.matches(parameter.range, "CONDSTORE") {
                self.prose.add(", with mod-sequences")
            } else if text.matches(parameter.range, "QRESYNC"), self.take(.listOpen, text) {
                self.quickResynchronization(text)
            } else if parameter.kind == .listOpen {
                self.skipList(text)
            } else {
                self.prose.add(", with ")
                self.bare(text, parameter.range)
            }
        }
    }

    /// RFC 7162 section 3.2.5: `(uidvalidity modseq [known UIDs] [(numbers UIDs)])`.
    private mutating func quickResynchronization(_ text: RawSpan) {
        self.prose.add(", catching up")
        if let validity = self.number(text), let sequence = self.number(text) {
            self.prose.add(" from mod-sequence ")
            self.prose.identifier(sequence)
            self.prose.add(" (UIDVALIDITY ")
            self.prose.identifier(validity)
            self.prose.add(")")
        }
        self.skipList(text)
    }

    mutating func create(_ text: RawSpan) {
        self.prose.add("creates mailbox ")
        self.mailboxArgument(text)
        // RFC 6154 section 3: `(USE (\Sent))`.
        guard self.take(.listOpen, text), self.take("USE", text), self.take(.listOpen, text) else { return }
        self.prose.add(", for use as ")
        if !self.words(text) { self.prose.add("nothing in particular") }
    }

    mutating func mailboxCommand(_ command: Command, _ text: RawSpan) {
        switch command {
        case .delete: self.prose.add("deletes mailbox ")
        case .subscribe: self.prose.add("subscribes to mailbox ")
        default: self.prose.add("unsubscribes from mailbox ")
        }
        self.mailboxArgument(text)
    }

    mutating func rename(_ text: RawSpan) {
        self.prose.add("renames mailbox ")
        self.mailboxArgument(text)
        self.prose.add(" to ")
        self.mailboxArgument(text)
    }

    mutating func status(_ text: RawSpan) {
        self.prose.add("asks for the ")
        let mark = self.tokenizer.position
        self.skipValue(text)
        self.statusItems(text)
        self.prose.add(" of ")
        self.tokenizer.reset(to: mark)
        self.mailboxArgument(text)
    }

    /// The items of STATUS in words (RFC 3501 section 6.3.10 and extensions).
    mutating func statusItems(_ text: RawSpan) {
        guard self.take(.listOpen, text) else {
            self.prose.add("status")
            return
        }
        var enumeration = Enumeration(count: self.countValues(text))
        while enumeration.advance(&self.prose), let item = self.next(text), item.kind == .atom {
            if text.matches(item.range, "MESSAGES") {
                self.prose.add("message count")
            } else if text.matches(item.range, "UNSEEN") {
                self.prose.add("unread count")
            } else if text.matches(item.range, "RECENT") {
                self.prose.add("recent count")
            } else if text.matches(item.range, "SIZE") {
                self.prose.add("total size")
            } else if text.matches(item.range, "DELETED") {
                self.prose.add("deleted count")
            } else if let row = Registry.row(.statusItem, text, item.range) {
                self.prose.add(row)
            } else {
                self.bare(text, item.range)
            }
        }
        self.skipList(text)
    }

    mutating func expunge(_ text: RawSpan, isUID: Bool) {
        guard isUID, let set = self.string(text) else {
            self.registered(.expunge)
            return
        }
        self.prose.add("removes for good ")
        let plural = self.messages(text, set.range, isUID: true)
        self.prose.add(plural ? ", where they are marked deleted" : ", if it is marked deleted")
    }

    mutating func copy(_ command: Command, _ text: RawSpan, isUID: Bool) {
        self.prose.add(command == .copy ? "copies " : "moves ")
        guard let set = self.string(text) else {
            self.prose.add("messages")
            return
        }
        self.messages(text, set.range, isUID: isUID)
        self.prose.add(" to ")
        self.mailboxArgument(text)
    }

    mutating func convert(_ text: RawSpan, isUID: Bool) {
        self.prose.add("asks for converted parts of ")
        if let set = self.string(text) { self.messages(text, set.range, isUID: isUID) }
        if self.take(.listOpen, text), let type = self.string(text) {
            self.prose.add(" as ")
            self.quoted(type, text)
        }
    }
}
