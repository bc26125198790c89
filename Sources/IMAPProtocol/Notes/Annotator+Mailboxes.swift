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
            } else if text.matches(parameter.range, "ANNOTATE") {
                self.prose.add(", with message annotations")
            } else if parameter.kind == .listOpen {
                self.skipList(text)
            } else {
                self.prose.add(", with ")
                self.unknown("parameter ", text, parameter.range)
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
        if let known = self.string(text) {
            self.prose.add(", knowing ")
            self.uids(known, text)
        }
        if self.take(.listOpen, text) {
            self.matchedNumbers(text)
            self.skipList(text)
        }
        self.skipList(text)
    }

    /// `(1,3 100,105)`: the client's view of which number has which UID, for the server to find what it missed.
    private mutating func matchedNumbers(_ text: RawSpan) {
        guard let numbers = self.string(text), let uids = self.string(text) else { return }
        self.prose.add(", with message")
        self.prose.add(text.number(numbers.range) == nil ? "s " : " ")
        self.members(text, numbers.range)
        self.prose.add(" as ")
        self.uids(uids, text)
    }

    mutating func create(_ text: RawSpan) {
        self.prose.add("creates mailbox ")
        self.mailboxArgument(text)
        // RFC 6154 section 3: `(USE (\Sent))`.
        guard self.take(.listOpen, text) else { return }
        guard self.take("USE", text), self.take(.listOpen, text) else {
            self.shapes(text)
            return
        }
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
        // RFC 4466 section 2.3
        if self.take(.listOpen, text) { self.shapes(text) }
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
            } else {
                self.statusName(item, text)
            }
        }
        self.skipList(text)
    }

    mutating func statusName(_ item: Token, _ text: RawSpan) {
        if let row = Registry.row(.statusItem, text, item.range) {
            self.prose.add(row)
        } else if let words = VendorItem.words(text, item.range) {
            self.prose.add(words)
        } else {
            self.unknown("STATUS item ", text, item.range)
        }
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
}
