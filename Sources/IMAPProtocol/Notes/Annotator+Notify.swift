import IMAPWire
import Traffic

/// NOTIFY (RFC 5465) and the mailbox filters that it shares with MULTISEARCH (RFC 7377).
extension Annotator {
    /// `asks the server to push new messages and removals in the open mailbox; new messages in all inboxes`.
    mutating func notify(_ text: RawSpan) {
        if self.take("NONE", text) {
            self.prose.add("asks the server to push no changes")
            return
        }
        guard self.take("SET", text) else {
            self.registered(.notify)
            return
        }
        // RFC 5465 section 3.1: with STATUS, the present state comes at once.
        let wantsStatus = self.take("STATUS", text)
        self.prose.add("asks the server to push ")
        var isFirst = true
        while self.take(.listOpen, text), !self.prose.isFull {
            if !isFirst { self.prose.add("; ") }
            isFirst = false
            self.eventGroup(text)
        }
        if isFirst { self.prose.add("nothing") }
        if wantsStatus { self.prose.add("; and how things stand now") }
    }

    /// `filter (events))`; the events are told first.
    private mutating func eventGroup(_ text: RawSpan) {
        let start = self.tokenizer.position
        self.skipFilter(text)
        if self.take(.listOpen, text) {
            self.events(text)
        } else {
            _ = self.take("NONE", text)
            self.prose.add("nothing")
        }
        self.skipList(text)
        let end = self.tokenizer.position
        self.tokenizer.reset(to: start)
        self.prose.add(" in ")
        _ = self.filter(text)
        self.tokenizer.reset(to: end)
    }

    /// Events to the closing parenthesis, which is taken.
    private mutating func events(_ text: RawSpan) {
        let count = self.countItems(text)
        if count == 0 { self.prose.add("nothing") }
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let event = self.next(text), event.kind == .atom {
            if let words = Annotator.event(text, event.range) {
                self.prose.add(words)
            } else {
                self.unknown("event ", text, event.range)
            }
            // RFC 5465 section 5.2: what is fetched of each new message.
            if self.take(.listOpen, text) {
                self.prose.add(" (with ")
                self.fetchNames(text)
                self.prose.add(")")
            }
        }
        self.skipList(text)
    }

    private static func event(_ text: RawSpan, _ name: Range<Int>) -> StaticString? {
        if text.matches(name, "MESSAGENEW") { return "new messages" }
        if text.matches(name, "MESSAGEEXPUNGE") { return "removals" }
        if text.matches(name, "FLAGCHANGE") { return "flag changes" }
        if text.matches(name, "ANNOTATIONCHANGE") { return "changed message annotations" }
        if text.matches(name, "MAILBOXNAME") { return "created, renamed and deleted mailboxes" }
        if text.matches(name, "SUBSCRIPTIONCHANGE") { return "changed subscriptions" }
        if text.matches(name, "MAILBOXMETADATACHANGE") { return "changed mailbox annotations" }
        if text.matches(name, "SERVERMETADATACHANGE") { return "changed server annotations" }
        return nil
    }

    // MARK: - Filters

    /// One of the filters of RFC 5465 section 6 or RFC 7377 section 2.2; false when none stands here.
    mutating func filter(_ text: RawSpan) -> Bool {
        guard let name = self.string(text) else { return false }
        let range = name.range
        if text.matches(range, "SELECTED") {
            self.prose.add("the open mailbox")
        } else if text.matches(range, "SELECTED-DELAYED") {
            self.prose.add("the open mailbox (removals only when numbers may change)")
        } else if text.matches(range, "INBOXES") {
            self.prose.add("all inboxes")
        } else if text.matches(range, "PERSONAL") {
            self.prose.add("all personal mailboxes")
        } else if text.matches(range, "SUBSCRIBED") {
            self.prose.add("all subscribed mailboxes")
        } else if text.matches(range, "MAILBOXES") {
            self.namedMailboxes(text)
        } else if text.matches(range, "SUBTREE") {
            self.namedMailboxes(text)
            self.prose.add(" and below")
        } else if text.matches(range, "SUBTREE-ONE") {
            self.namedMailboxes(text)
            self.prose.add(" and one level below")
        } else {
            self.unknown("filter ", text, range)
        }
        return true
    }

    private mutating func namedMailboxes(_ text: RawSpan) {
        if !self.mailboxes(text) { self.prose.add("no mailbox") }
    }

    /// Passes over a filter and its mailbox names.
    private mutating func skipFilter(_ text: RawSpan) {
        guard let name = self.string(text) else { return }
        let range = name.range
        if text.matches(range, "MAILBOXES") || text.matches(range, "SUBTREE") || text.matches(range, "SUBTREE-ONE") {
            self.skipValue(text)
        }
    }

    /// The sources of ESEARCH behind `IN` (RFC 7377 section 2.2): `(mailboxes "a" subtree ("b" "c") (options))`.
    mutating func searchSources(_ text: RawSpan) {
        guard self.take(.listOpen, text) else {
            _ = self.filter(text)
            return
        }
        var isFirst = true
        while let token = self.peek(text), token.kind != .listClose, !self.prose.isFull {
            if token.kind == .listOpen {
                // Scope options; none are registered.
                self.skipValue(text)
                continue
            }
            if !isFirst { self.prose.add(", ") }
            isFirst = false
            guard self.filter(text) else { break }
        }
        if isFirst { self.prose.add("no mailbox") }
        self.skipList(text)
    }
}
