import IMAPWire
import Traffic

/// STORE (RFC 3501 section 6.4.6, RFC 7162 section 3.1.3, RFC 5257, Gmail labels).
extension Annotator {
    private enum Change {
        case add
        case remove
        case replace
    }

    mutating func store(_ text: RawSpan, isUID: Bool) {
        guard let set = self.string(text) else {
            self.prose.add("changes flags")
            return
        }
        var unchangedSince: UInt64?
        if self.take(.listOpen, text) {
            if self.take("UNCHANGEDSINCE", text) { unchangedSince = self.number(text) }
            self.skipList(text)
        }
        guard let item = self.string(text) else {
            self.prose.add("changes flags of ")
            self.messages(text, set.range, isUID: isUID)
            return
        }
        var name = item.range
        var change = Change.replace
        if let first = name.first, text[first] == UInt8(ascii: "+") || text[first] == UInt8(ascii: "-") {
            change = text[first] == UInt8(ascii: "+") ? .add : .remove
            name = first + 1..<name.upperBound
        }
        let silent = text.matches(name, "FLAGS.SILENT") || text.matches(name, "X-GM-LABELS.SILENT")
        if silent { name = name.lowerBound..<name.upperBound - 7 }
        if text.matches(name, "FLAGS") {
            self.flagChange(change, set, text, isUID: isUID)
        } else if text.matches(name, "X-GM-LABELS") {
            self.labelChange(change, set, text, isUID: isUID)
        } else if text.matches(name, "ANNOTATION") {
            self.annotationChange(set, text, isUID: isUID)
        } else {
            self.prose.add("changes the ")
            self.unknown("item ", text, name)
            self.prose.add(" of ")
            self.messages(text, set.range, isUID: isUID)
            self.shapes(text)
        }
        if silent { self.prose.add(", silently") }
        if let unchangedSince {
            self.prose.add(", if unchanged since mod-sequence ")
            self.prose.identifier(unchangedSince)
        }
    }

    private mutating func flagChange(_ change: Change, _ set: Token, _ text: RawSpan, isUID: Bool) {
        // Flags may stand without parentheses (RFC 3501 section 9, store-att-flags).
        _ = self.take(.listOpen, text)
        let start = self.tokenizer.position
        let words = self.stateWords(text)
        if change != .replace, words > 0 {
            self.tokenizer.reset(to: start)
            self.prose.add("marks ")
            self.messages(text, set.range, isUID: isUID)
            self.prose.add(" ")
            self.states(text, count: words, removed: change == .remove)
            return
        }
        self.tokenizer.reset(to: start)
        switch change {
        case .add:
            self.prose.add("adds ")
            self.flags(text)
            self.prose.add(" to ")
            self.messages(text, set.range, isUID: isUID)
        case .remove:
            self.prose.add("removes ")
            self.flags(text)
            self.prose.add(" from ")
            self.messages(text, set.range, isUID: isUID)
        case .replace:
            self.prose.add("sets ")
            self.messages(text, set.range, isUID: isUID)
            self.prose.add(" to ")
            self.flags(text)
        }
    }

    /// How many flags there are when all of them are system flags that have a word; otherwise 0.
    private mutating func stateWords(_ text: RawSpan) -> Int {
        var count = 0
        while let flag = self.next(text), flag.kind != .listClose {
            guard Annotator.state(flag, text, removed: false) != nil else { return 0 }
            count += 1
        }
        return count
    }

    private mutating func states(_ text: RawSpan, count: Int, removed: Bool) {
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let flag = self.next(text) {
            if let word = Annotator.state(flag, text, removed: removed) { self.prose.add(word) }
        }
    }

    private static func state(_ flag: Token, _ text: RawSpan, removed: Bool) -> StaticString? {
        if text.matches(flag.range, "\\SEEN") { return removed ? "unread" : "read" }
        if text.matches(flag.range, "\\DELETED") { return removed ? "not deleted" : "deleted" }
        if text.matches(flag.range, "\\ANSWERED") { return removed ? "unanswered" : "answered" }
        if text.matches(flag.range, "\\FLAGGED") { return removed ? "unflagged" : "flagged" }
        if text.matches(flag.range, "\\DRAFT") { return removed ? "no draft" : "as draft" }
        return nil
    }

    private mutating func labelChange(_ change: Change, _ set: Token, _ text: RawSpan, isUID: Bool) {
        switch change {
        case .add: self.prose.add("adds Gmail labels ")
        case .remove: self.prose.add("removes Gmail labels ")
        case .replace: self.prose.add("sets Gmail labels ")
        }
        _ = self.take(.listOpen, text)
        var enumeration = Enumeration(count: self.countValues(text))
        while enumeration.advance(&self.prose), let label = self.string(text) { self.mailbox(label, text) }
        self.prose.add(change == .remove ? " from " : " on ")
        self.messages(text, set.range, isUID: isUID)
    }

    /// RFC 5257 section 4.2: `(/comment (value.priv "x" value.shared NIL))`.
    private mutating func annotationChange(_ set: Token, _ text: RawSpan, isUID: Bool) {
        self.prose.add("writes annotation ")
        _ = self.take(.listOpen, text)
        var enumeration = Enumeration(count: (self.countValues(text) + 1) / 2)
        while enumeration.advance(&self.prose), let entry = self.string(text) {
            self.bare(text, entry.range, unescape: true)
            guard self.take(.listOpen, text) else { continue }
            self.prose.add(" (")
            self.annotationValues(text)
            self.prose.add(")")
        }
        self.prose.add(" of ")
        self.messages(text, set.range, isUID: isUID)
    }
}
