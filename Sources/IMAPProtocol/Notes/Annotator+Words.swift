import IMAPWire
import Traffic

/// Writing what was read.
extension Annotator {
    /// Octets of the wire, made harmless, without quotation marks.
    mutating func bare(_ text: RawSpan, _ range: Range<Int>, unescape: Bool = false) {
        if self.isMasked(range) {
            self.prose.add("(masked)")
            return
        }
        WireText.write(text, range, unescape: unescape, limit: Annotator.shownCharacters, to: &self.prose)
    }

    /// A string in “ ”.
    mutating func quoted(_ token: Token, _ text: RawSpan) {
        if self.isMasked(token.range) {
            self.prose.add("(masked)")
            return
        }
        self.prose.add("“")
        self.bare(text, token.range, unescape: token.kind == .quoted || token.kind == .unterminatedQuoted)
        if token.kind == .literal, self.literalSize(token, text) > UInt64(token.length) { self.prose.add("…") }
        self.prose.add("”")
    }

    /// A mailbox name in “ ”, decoded (RFC 3501 section 5.1.3).
    ///
    /// Names that hold UTF-8 are shown as they are: a session
    /// with UTF8=ACCEPT (RFC 9755) or IMAP4rev2 uses no other form.
    mutating func mailbox(_ token: Token, _ text: RawSpan) {
        let range = token.range
        var hasShift = false
        var isASCII = true
        for index in range {
            if text[index] == UInt8(ascii: "&") { hasShift = true }
            if text[index] >= 0x80 { isASCII = false }
        }
        guard hasShift, isASCII, range.count <= 1024, !self.isMasked(range) else {
            self.quoted(token, text)
            return
        }
        let (name, isValid) = ModifiedUTF7.decode(text, range)
        guard isValid else {
            self.quoted(token, text)
            self.prose.add(" (not valid modified UTF-7)")
            return
        }
        self.prose.add("“")
        WireText.scalars(name, limit: Annotator.shownCharacters) { self.prose.append($0) }
        self.prose.add("”")
    }

    /// The next argument as a mailbox name; says that it is missing when it is.
    @discardableResult
    mutating func mailboxArgument(_ text: RawSpan) -> Bool {
        guard let token = self.string(text) else {
            self.prose.add("a mailbox whose name is missing")
            return false
        }
        self.mailbox(token, text)
        return true
    }

    /// A date in one form, whatever its form on the wire; anything else is shown as it is.
    mutating func date(_ text: RawSpan, _ range: Range<Int>) {
        if self.isMasked(range) || !self.prose.date(text, range) { self.bare(text, range) }
    }

    /// The text of a header field, encoded words decoded, without quotation marks.
    mutating func header(_ text: RawSpan, _ range: Range<Int>) {
        if self.isMasked(range) {
            self.prose.add("(masked)")
        } else if range.count <= Annotator.shownCharacters, HeaderText.isPlain(text, range) {
            self.prose.append(text, printable: range)
        } else {
            WireText.scalars(HeaderText.decode(text, range), limit: Annotator.shownCharacters) {
                self.prose.append($0)
            }
        }
    }

    /// ASCII letters in lower case: names of media types are written so.
    mutating func lowercased(_ text: RawSpan, _ range: Range<Int>) {
        if self.isMasked(range) {
            self.prose.add("(masked)")
            return
        }
        WireText.scalars(text, range, unescape: false, limit: Annotator.shownCharacters) {
            let isCapital = $0.value &- 0x41 < 26
            self.prose.append(isCapital ? Unicode.Scalar(UInt8(truncatingIfNeeded: $0.value) | 0x20) : $0)
        }
    }

    /// Takes one or more names in or without parentheses and writes them as mailbox names; false when there are none.
    mutating func mailboxes(_ text: RawSpan) -> Bool {
        guard self.take(.listOpen, text) else {
            guard let name = self.string(text) else { return false }
            self.mailbox(name, text)
            return true
        }
        let count = self.countValues(text)
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let name = self.string(text) { self.mailbox(name, text) }
        self.skipList(text)
        return count > 0
    }

    /// How many values a list holds from here to its closing parenthesis; the position stays.
    mutating func countValues(_ text: RawSpan) -> Int {
        let position = self.tokenizer.position
        defer { self.tokenizer.reset(to: position) }
        var count = 0
        while self.skipValue(text) { count += 1 }
        return count
    }
}
