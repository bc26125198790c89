import IMAPWire
import Traffic

/// FETCH answers of extensions and vendors, and those that nobody documented.
extension Annotator {
    mutating func fetchedAttribute(_ item: Token, _ text: RawSpan) {
        let name = item.range
        if text.matches(name, "RFC822") || text.matches(name, "RFC822.TEXT") {
            self.prose.add(name.count == 6 ? "the full text" : "the body text")
            if let value = self.string(text) { self.measure(value, text) }
        } else if text.matches(name, "RFC822.HEADER") {
            self.prose.add("the header")
            guard let value = self.string(text) else { return }
            self.measure(value, text)
            self.subject(value, text)
        } else if text.matches(name, "MODSEQ") {
            // RFC 7162 section 3.1.4.2: `MODSEQ (n)`.
            self.listed("mod-sequence ", text)
        } else if text.matches(name, "EMAILID") {
            self.listed("permanent identifier ", text)
        } else if text.matches(name, "THREADID") {
            // RFC 8474 section 5.2: NIL when the server keeps no threads.
            self.optional("no thread", "thread ", text)
        } else if text.matches(name, "SAVEDATE") || text.matches(name, "X-SAVEDATE") {
            self.saveDate(text)
        } else if text.matches(name, "PREVIEW") || text.matches(name, "SNIPPET") {
            self.preview(text)
        } else if text.matches(name, "ANNOTATION"), self.take(.listOpen, text) {
            self.messageAnnotations(text)
        } else if text.matches(name, "X-GM-LABELS"), self.take(.listOpen, text) {
            self.labels(text)
        } else {
            self.vendorAttribute(item, text)
        }
    }

    /// What a pair of parentheses holds, or the value without them.
    private mutating func listed(_ before: StaticString, _ text: RawSpan) {
        self.prose.add(before)
        guard self.take(.listOpen, text) else {
            self.value(text)
            return
        }
        if !self.words(text) { self.prose.add("none") }
        self.skipList(text)
    }

    private mutating func optional(_ none: StaticString, _ before: StaticString, _ text: RawSpan) {
        if let value = self.peek(text), self.isNil(value, text) {
            self.prose.add(none)
            self.skipValue(text)
        } else {
            self.listed(before, text)
        }
    }

    /// RFC 8514 section 4.2: NIL when the mailbox keeps no such date.
    private mutating func saveDate(_ text: RawSpan) {
        guard let date = self.string(text) else { return }
        if self.isNil(date, text) {
            self.prose.add("no save date")
        } else {
            self.prose.add("saved ")
            self.date(text, date.range)
        }
    }

    /// RFC 8970 section 3.1, and Dovecot's older `(FUZZY "…")`.
    private mutating func preview(_ text: RawSpan) {
        let isList = self.take(.listOpen, text)
        if isList { self.skipValue(text) }
        guard let value = self.string(text) else { return }
        if self.isNil(value, text) {
            self.prose.add("no preview")
        } else if value.length == 0 {
            self.prose.add("empty preview")
        } else {
            self.prose.add("preview ")
            self.quoted(value, text)
        }
        if isList { self.skipList(text) }
    }

    /// RFC 5257 section 4.3: `(/comment (value.priv "x" value.shared NIL))`; the parenthesis is taken.
    private mutating func messageAnnotations(_ text: RawSpan) {
        let count = (self.countValues(text) + 1) / 2
        self.prose.add(count == 1 ? "annotation " : count == 0 ? "no annotations" : "annotations ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let entry = self.string(text) {
            self.bare(text, entry.range, unescape: true)
            if self.take(.listOpen, text) {
                self.prose.add(" (")
                self.annotationValues(text)
                self.prose.add(")")
            } else {
                self.skipValue(text)
            }
        }
        self.skipList(text)
    }

    /// `value.priv “x”, value.shared none` to the closing parenthesis, which is taken.
    mutating func annotationValues(_ text: RawSpan) {
        var enumeration = Enumeration(count: (self.countValues(text) + 1) / 2)
        while enumeration.advance(&self.prose), let attribute = self.string(text) {
            self.bare(text, attribute.range, unescape: true)
            guard let value = self.string(text) else { continue }
            if self.isNil(value, text) {
                self.prose.add(" none")
            } else {
                self.prose.add(" ")
                self.quoted(value, text)
            }
        }
        self.skipList(text)
    }

    /// Gmail's labels: mailbox names, or names of special mailboxes behind a backslash.
    private mutating func labels(_ text: RawSpan) {
        let count = self.countValues(text)
        self.prose.add(count == 0 ? "no Gmail labels" : count == 1 ? "Gmail label " : "Gmail labels ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let label = self.string(text) { self.mailbox(label, text) }
        self.skipList(text)
    }

    private mutating func vendorAttribute(_ item: Token, _ text: RawSpan) {
        let name = item.range
        if let words = VendorItem.words(text, name) {
            self.prose.add(words)
        } else if let row = Registry.row(.fetchItem, text, name) {
            self.prose.add(row)
        } else {
            self.unknown("FETCH item ", text, name)
            if let value = self.peek(text), value.kind == .listOpen || value.kind == .literal {
                self.prose.add(" with ")
                _ = self.shape(text)
                return
            }
        }
        self.prose.add(" ")
        self.value(text)
    }

    /// One value as it is: an atom bare, a string in “ ”, a list as its words.
    mutating func value(_ text: RawSpan) {
        guard let token = self.peek(text), token.kind != .listClose else { return }
        if self.take(.listOpen, text) {
            if !self.words(text) { self.prose.add("none") }
            self.skipList(text)
            return
        }
        guard let value = self.string(text) else { return }
        if self.isNil(value, text) {
            self.prose.add("none")
        } else if value.kind == .atom || value.kind == .section {
            self.bare(text, value.range)
        } else {
            self.quoted(value, text)
        }
    }
}

/// FETCH and STATUS items of Gmail, Dovecot and Cyrus.
enum VendorItem {
    static func words(_ text: RawSpan, _ name: Range<Int>) -> StaticString? {
        guard (3...16).contains(name.count) else { return nil }
        return switch text.uppercased(name) {
        case "X-GM-MSGID": "Gmail message id"
        case "X-GM-THRID": "Gmail thread id"
        case "X-MAILBOX": "kept in mailbox"
        case "X-REAL-UID": "UID in its own mailbox"
        case "X-GUID", "GUID": "global identifier"
        case "X-SIZE", "RFC822.FILESIZE": "size of the stored file"
        case "X-CREATEDMODSEQ": "first mod-sequence"
        case "DIGEST.SHA1", "RFC822.SHA1": "SHA-1 digest"
        case "FOLDER": "kept in mailbox"
        case "UIDVALIDITY": "UIDVALIDITY"
        case "CID": "conversation id"
        case "BASECID": "id of the first conversation"
        default: nil
        }
    }
}
