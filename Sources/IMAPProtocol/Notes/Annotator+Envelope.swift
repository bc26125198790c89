import IMAPWire
import Traffic

/// ENVELOPE (RFC 3501 section 7.4.2, RFC 9051 section 7.5.2).
extension Annotator {
    /// `“crash” from Terry Gray to minutes@CNRI.Reston.VA.US and 1 more, 17 Jul 1996 02:23:25 -0700`; the parenthesis is
    /// taken.
    mutating func envelope(_ text: RawSpan) {
        let date = self.string(text)
        if let subject = self.string(text) {
            if self.isNil(subject, text) {
                self.prose.add("no subject")
            } else {
                self.prose.add("“")
                self.header(text, subject.range)
                self.prose.add("”")
            }
        }
        self.addresses(" from ", text)
        // Sender and Reply-To are nearly always the same again.
        self.skipValue(text)
        self.skipValue(text)
        self.addresses(" to ", text)
        self.skipList(text)
        if let date, !self.isNil(date, text), date.length > 0 {
            self.prose.add(", ")
            self.date(text, date.range)
        }
    }

    /// The first address of a field and how many follow.
    private mutating func addresses(_ before: StaticString, _ text: RawSpan) {
        guard self.take(.listOpen, text) else {
            self.skipValue(text)
            return
        }
        var isGroup = false
        if self.take(.listOpen, text) {
            self.prose.add(before)
            isGroup = self.address(text)
            self.skipList(text)
        }
        var more: UInt64 = 0
        while self.take(.listOpen, text) {
            self.skipList(text)
            more += 1
        }
        // Behind a group's name come its members and an address that only ends it.
        if more > 0, !isGroup {
            self.prose.add(" and ")
            self.prose.quantity(more)
            self.prose.add(" more")
        }
        self.skipList(text)
    }

    /// The name, or mailbox@host, or a group's name (RFC 3501 section 7.4.2: a NIL host).
    ///
    /// - Returns: whether it was a group's.
    private mutating func address(_ text: RawSpan) -> Bool {
        guard let name = self.string(text), self.string(text) != nil, let mailbox = self.string(text),
            let host = self.string(text)
        else { return false }
        if !self.isNil(name, text), name.length > 0 {
            self.header(text, name.range)
        } else if self.isNil(host, text) {
            self.prose.add("group ")
            if self.isNil(mailbox, text) { self.prose.add("without a name") } else { self.header(text, mailbox.range) }
            return true
        } else {
            self.bare(text, mailbox.range, unescape: true)
            self.prose.add("@")
            self.bare(text, host.range, unescape: true)
        }
        return false
    }
}
