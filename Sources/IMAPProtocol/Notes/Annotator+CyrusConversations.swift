import IMAPWire
import Traffic

/// Conversations, snippets and the cache of Cyrus IMAP (imap/imapd.c).
extension Annotator {
    mutating func cyrusConversations(_ command: VendorCommand, _ text: RawSpan) {
        switch command {
        case .xconvsort: self.windowedSort("(Cyrus) ", text)
        case .xconvmultisort: self.windowedSort("in all mailboxes (Cyrus) ", text)
        case .xconvupdates: self.windowedSort("again (Cyrus) ", text)
        case .xconvfetch: self.conversationFetch(text)
        case .xconvmeta: self.conversationFacts(text)
        case .xsnippets: self.snippets(text)
        case .xwarmup: self.warmUp(text)
        default: break
        }
    }

    /// XCONVSORT and its kin: criteria, `(window)`, charset, keys.
    private mutating func windowedSort(_ words: StaticString, _ text: RawSpan) {
        let criteria = self.tokenizer.position
        self.skipValue(text)
        let window = self.tokenizer.position
        if self.peek(text)?.kind == .listOpen { self.skipValue(text) }
        _ = self.string(text)
        self.prose.add("searches ")
        self.prose.add(words)
        self.prose.add("for ")
        self.criteria(text)
        self.tokenizer.reset(to: criteria)
        if self.take(.listOpen, text) { self.sortKeys(text) }
        self.tokenizer.reset(to: window)
        guard self.take(.listOpen, text) else { return }
        while let item = self.next(text), item.kind == .atom, !self.prose.isFull { self.windowItem(item, text) }
    }

    private mutating func windowItem(_ item: Token, _ text: RawSpan) {
        if text.matches(item.range, "CONVERSATIONS") {
            self.prose.add(", one of each conversation")
            return
        }
        guard self.take(.listOpen, text) else { return }
        if text.matches(item.range, "POSITION") {
            self.numbered(", from position ", text)
            self.numbered(", at most ", text)
        } else if text.matches(item.range, "ANCHOR") {
            self.numbered(", around UID ", text)
            self.numbered(", beginning ", text)
            self.numbered(" before it, at most ", text)
        } else if text.matches(item.range, "MULTIANCHOR") {
            self.numbered(", around UID ", text)
            if let name = self.string(text) {
                self.prose.add(" of ")
                self.mailbox(name, text)
            }
            self.numbered(", beginning ", text)
            self.numbered(" before it, at most ", text)
        } else if text.matches(item.range, "CHANGEDSINCE") {
            self.numbered(", what changed since mod-sequence ", text)
        } else if text.matches(item.range, "UPTO") {
            self.numbered(", up to UID ", text)
        }
        self.skipList(text)
    }

    private mutating func numbered(_ words: StaticString, _ text: RawSpan) {
        guard let number = self.number(text) else { return }
        self.prose.add(words)
        self.prose.identifier(number)
    }

    /// XCONVFETCH: `(conversations) modseq items`.
    private mutating func conversationFetch(_ text: RawSpan) {
        let conversations = self.tokenizer.position
        self.skipValue(text)
        let since = self.number(text)
        self.prose.add("asks for ")
        self.fetchItems(text)
        self.prose.add(" of the messages of ")
        self.tokenizer.reset(to: conversations)
        self.conversations(text)
        guard let since, since > 0 else { return }
        self.prose.add(", if changed since mod-sequence ")
        self.prose.identifier(since)
    }

    /// XCONVMETA: `(conversations) (items)`.
    private mutating func conversationFacts(_ text: RawSpan) {
        let conversations = self.tokenizer.position
        self.skipValue(text)
        self.prose.add("asks for ")
        if !self.take(.listOpen, text) || !self.words(text) { self.prose.add("nothing") }
        self.prose.add(" of ")
        self.tokenizer.reset(to: conversations)
        self.conversations(text)
    }

    private mutating func conversations(_ text: RawSpan) {
        guard self.take(.listOpen, text) else {
            self.prose.add("conversations that are not named")
            return
        }
        let count = self.countValues(text)
        self.prose.add(count == 1 ? "conversation " : "conversations ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let name = self.string(text) { self.bare(text, name.range) }
        self.skipList(text)
        self.prose.add(" (Cyrus)")
    }

    /// XSNIPPETS: `((mailbox uidvalidity (uids)) …) charset keys`.
    private mutating func snippets(_ text: RawSpan) {
        let sources = self.tokenizer.position
        self.skipValue(text)
        _ = self.string(text)
        self.prose.add("asks for the words (Cyrus) that match a search for ")
        self.criteria(text)
        self.tokenizer.reset(to: sources)
        guard self.take(.listOpen, text) else { return }
        var enumeration = Enumeration(count: self.countValues(text))
        self.prose.add(", in ")
        while enumeration.advance(&self.prose), self.take(.listOpen, text) {
            let name = self.string(text)
            _ = self.number(text)
            if self.take(.listOpen, text) {
                self.prose.counted(UInt64(self.countValues(text)), "message", "messages")
                self.skipList(text)
                self.prose.add(" of ")
            }
            if let name { self.mailbox(name, text) }
            self.skipList(text)
        }
    }

    /// XWARMUP: `mailbox (items)`.
    private mutating func warmUp(_ text: RawSpan) {
        self.prose.add("has the server load files (Cyrus) of ")
        self.mailboxArgument(text)
        guard self.take(.listOpen, text) else { return }
        self.prose.add(": ")
        var enumeration = Enumeration(count: self.countValues(text))
        while enumeration.advance(&self.prose), let item = self.string(text) { self.lowercased(text, item.range) }
    }
}
