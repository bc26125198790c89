import IMAPWire
import Traffic

/// One capability in words, its argument included.
extension Annotator {
    /// What the capability `name` says: `uploads of at most 35,651,584 octets` for `APPENDLIMIT=35651584`.
    ///
    /// - Returns: false, and writes nothing, when no document or known server has it.
    @discardableResult
    mutating func capability(_ text: RawSpan, _ name: Range<Int>) -> Bool {
        var key = name
        for index in name where text[index] == UInt8(ascii: "=") {
            key = name.lowerBound..<index
            break
        }
        let hasValue = key.count < name.count && key.upperBound + 1 < name.upperBound
        if hasValue, self.capability(text, key: key, value: key.upperBound + 1..<name.upperBound) { return true }
        guard let row = Annotator.capabilityRow(text, name, key) else { return false }
        self.prose.add(row)
        return true
    }

    /// The row of the whole name, else of what stands before `=` or of a family of Cyrus.
    private static func capabilityRow(_ text: RawSpan, _ name: Range<Int>, _ key: Range<Int>) -> RegistryRow? {
        if let row = Registry.row(.capability, text, name) { return row }
        if key.count < name.count, let row = Registry.row(.capability, text, key) { return row }
        let family = name.prefix(13)
        return text.matches(family, "X-REPLICATION") ? Registry.row(.capability, "X-REPLICATION") : nil
    }

    private mutating func capability(_ text: RawSpan, key: Range<Int>, value: Range<Int>) -> Bool {
        if text.matches(key, "AUTH") {
            self.prose.add("login with ")
            self.bare(text, value)
            if let row = Registry.row(.mechanism, text, value) {
                self.prose.add(" (")
                self.prose.add(row)
                self.prose.add(")")
            }
            return true
        }
        if let limit = text.number(value) { return self.limit(text, key, limit) }
        if text.matches(key, "RIGHTS") {
            self.prose.add("rights ")
            self.rights(text, value)
        } else if text.matches(key, "IMAPSIEVE") {
            self.prose.add("Sieve scripts run on changes, managed at ")
            self.prose.add("“")
            self.bare(text, value)
            self.prose.add("”")
        } else if text.matches(key, "MUPDATE") {
            self.prose.add("member of a mailbox cluster (")
            self.bare(text, value)
            self.prose.add(")")
        } else if text.matches(key, "THREAD") {
            self.prose.add("threads by ")
            self.threadAlgorithm(text, value)
        } else {
            return false
        }
        return true
    }

    /// RFC 7889, RFC 9738, RFC 5255.
    private mutating func limit(_ text: RawSpan, _ key: Range<Int>, _ limit: UInt64) -> Bool {
        if text.matches(key, "APPENDLIMIT") {
            self.prose.add("uploads of at most ")
            self.prose.counted(limit, "octet", "octets")
        } else if text.matches(key, "MESSAGELIMIT") {
            self.prose.add("at most ")
            self.prose.counted(limit, "message", "messages")
            self.prose.add(" in one command")
        } else if text.matches(key, "SAVELIMIT") {
            self.prose.add("search results of at most ")
            self.prose.counted(limit, "message", "messages")
            self.prose.add(" can be kept")
        } else {
            return false
        }
        return true
    }

    /// What ENABLE switches on, with what it changes (RFC 5161).
    mutating func enabling(_ text: RawSpan) -> Bool {
        let count = self.countValues(text)
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let token = self.next(text) {
            self.bare(text, token.range)
            // With a longer list, the names must do.
            guard count <= 3 else { continue }
            if let effect = Annotator.effect(text, token.range) {
                self.prose.add(" (")
                self.prose.add(effect)
                self.prose.add(")")
            } else if !self.isKnown(token, text) {
                self.prose.add(" (unknown)")
            }
        }
        return count > 0
    }

    private static func effect(_ text: RawSpan, _ name: Range<Int>) -> StaticString? {
        if text.matches(name, "CONDSTORE") { return "mod-sequences in answers" }
        if text.matches(name, "QRESYNC") { return "VANISHED instead of EXPUNGE" }
        if text.matches(name, "UTF8=ACCEPT") || text.matches(name, "UTF8=ONLY") { return "names and headers in UTF-8" }
        if text.matches(name, "IMAP4REV2") { return "ESEARCH answers, names in UTF-8" }
        if text.matches(name, "UIDONLY") { return "UIDs only, no message numbers" }
        if text.matches(name, "METADATA") { return "changed annotations are told" }
        return nil
    }

    /// RFC 5256 section 3, and REFS of Dovecot and Cyrus.
    mutating func threadAlgorithm(_ text: RawSpan, _ name: Range<Int>) {
        if text.matches(name, "ORDEREDSUBJECT") {
            self.prose.add("subject")
        } else if text.matches(name, "REFERENCES") {
            self.prose.add("references")
        } else if text.matches(name, "REFS") {
            self.prose.add("references alone")
        } else {
            self.prose.add("the unknown algorithm ")
            self.bare(text, name)
        }
    }
}
