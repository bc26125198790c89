import IMAPWire
import Traffic

/// Annotations of mailboxes: METADATA (RFC 5464) and its draft ANNOTATEMORE, which Cyrus still speaks.
extension Annotator {
    mutating func metadata(_ command: Command, _ text: RawSpan) {
        // Options stand before the mailbox in the grammar and behind it in the examples of RFC 5464 section 4.2.
        var options: Int?
        if self.take(.listOpen, text) {
            options = self.tokenizer.position
            self.skipList(text)
        }
        let mailbox = self.string(text)
        if command == .setmetadata {
            self.setEntries(mailbox, text)
            return
        }
        let mark = self.tokenizer.position
        if self.take(.listOpen, text) {
            let inside = self.tokenizer.position
            self.skipList(text)
            // What follows a list is what is asked for: the list held the options.
            if self.peek(text) != nil { options = inside } else { self.tokenizer.reset(to: mark) }
        }
        _ = self.take(.listOpen, text)
        let count = self.countValues(text)
        self.prose.add(count == 1 ? "reads annotation " : "reads annotations ")
        self.entries(text, count: count, pairs: false)
        self.annotated(mailbox, text)
        if let options {
            self.tokenizer.reset(to: options)
            self.metadataOptions(text)
        }
    }

    /// ` of “INBOX”`, ` of the server` for the empty name.
    private mutating func annotated(_ mailbox: Token?, _ text: RawSpan) {
        if let mailbox, mailbox.length > 0 {
            self.prose.add(" of ")
            self.mailbox(mailbox, text)
        } else {
            self.prose.add(" of the server")
        }
    }

    /// RFC 5464 sections 4.2.1 and 4.2.2.
    private mutating func metadataOptions(_ text: RawSpan) {
        while let option = self.next(text), option.kind == .atom, !self.prose.isFull {
            if text.matches(option.range, "MAXSIZE"), let size = self.number(text) {
                self.prose.add(", values up to ")
                self.prose.counted(size, "octet", "octets")
            } else if text.matches(option.range, "DEPTH"), let depth = self.string(text) {
                if text.matches(depth.range, "INFINITY") {
                    self.prose.add(", and all below them")
                } else if text.matches(depth.range, "1") {
                    self.prose.add(", and those one level below")
                }
            }
        }
    }

    /// Values to set, NIL to delete (RFC 5464 section 4.3).
    private mutating func setEntries(_ mailbox: Token?, _ text: RawSpan) {
        _ = self.take(.listOpen, text)
        let start = self.tokenizer.position
        var count = 0
        var deleted = 0
        while self.skipValue(text) {
            count += 1
            if let value = self.peek(text), self.isNil(value, text) { deleted += 1 }
            if !self.skipValue(text) { break }
        }
        self.tokenizer.reset(to: start)
        if count > 0, deleted == count {
            self.prose.add(count == 1 ? "deletes annotation " : "deletes annotations ")
        } else {
            self.prose.add(count == 1 ? "writes annotation " : "writes annotations ")
        }
        self.entries(text, count: count, pairs: true)
        if deleted > 0, deleted < count {
            self.prose.add(" (")
            self.prose.quantity(UInt64(deleted))
            self.prose.add(" of them deleted)")
        }
        self.annotated(mailbox, text)
    }

    /// Entry names, few of many: one GETMETADATA of depth infinity brings dozens. With one pair its value too.
    private mutating func entries(_ text: RawSpan, count: Int, pairs: Bool) {
        var enumeration = Enumeration(count: count, limit: Annotator.listedOfMany)
        while enumeration.advance(&self.prose), let entry = self.string(text) {
            self.bare(text, entry.range, unescape: true)
            guard pairs else { continue }
            if count == 1, let value = self.peek(text), value.kind != .listOpen, value.kind != .listClose,
                !self.isNil(value, text)
            {
                self.prose.add(" ")
                self.quoted(value, text)
            }
            self.skipValue(text)
        }
    }

    mutating func metadataResponse(_ text: RawSpan) {
        guard let mailbox = self.string(text) else { return }
        let hasValues = self.take(.listOpen, text)
        let values = self.countValues(text)
        let count = hasValues ? (values + 1) / 2 : values
        if !hasValues { self.prose.add("changed ") }
        self.prose.add(count == 1 ? "annotation " : count == 0 ? "no annotations" : "annotations ")
        if count == 1, hasValues {
            if let entry = self.string(text) { self.bare(text, entry.range, unescape: true) }
            self.annotated(mailbox, text)
            self.prose.add(": ")
            self.value(text)
            return
        }
        self.entries(text, count: count, pairs: hasValues)
        self.annotated(mailbox, text)
    }

    // MARK: - ANNOTATEMORE

    /// `GETANNOTATION mailbox entry attribute`, each also as a list; `SETANNOTATION mailbox entry (attribute value …)`.
    mutating func annotation(_ command: Command, _ text: RawSpan) {
        let mailbox = self.string(text)
        self.prose.add(command == .getannotation ? "reads annotation " : "writes annotation ")
        self.value(text)
        if self.take(.listOpen, text) {
            self.prose.add(" (")
            if command == .getannotation { _ = self.words(text) } else { self.annotationValues(text) }
            self.prose.add(")")
        } else if let attribute = self.string(text) {
            self.prose.add(" (")
            self.bare(text, attribute.range, unescape: true)
            self.prose.add(")")
        }
        self.annotated(mailbox, text)
    }

    mutating func annotationResponse(_ text: RawSpan) {
        guard let mailbox = self.string(text) else { return }
        self.prose.add("annotation ")
        self.value(text)
        self.annotated(mailbox, text)
        guard self.take(.listOpen, text) else { return }
        self.prose.add(": ")
        self.annotationValues(text)
    }
}
