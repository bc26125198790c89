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

    /// `message 10`, `messages 5-8`, `the message with UID 10`, `messages with UIDs 5-8`, `all messages`.
    ///
    /// - Returns: whether it speaks of more than one message.
    @discardableResult
    mutating func messages(_ text: RawSpan, _ range: Range<Int>, isUID: Bool) -> Bool {
        if text.matches(range, "$") {
            self.prose.add("the messages of the kept search result")
            return true
        }
        guard let tally = SequenceSet.tally(text, range) else {
            self.prose.add("messages “")
            self.bare(text, range)
            self.prose.add("” (not a valid set)")
            return true
        }
        var set = SequenceSet(range)
        if tally.members == 1, let member = set.next(text) {
            switch (member.first, member.last) {
            case (.number(1), .last):
                self.prose.add("all messages")
                return true
            case (.last, .last):
                self.prose.add(isUID ? "the message with the highest UID" : "the last message")
                return false
            case (.number(let low), .last):
                self.prose.add(isUID ? "messages with UIDs from " : "messages from ")
                self.prose.identifier(low)
                self.prose.add(" on")
                return true
            case (.number(let low), .number(let high)) where low == high:
                self.prose.add(isUID ? "the message with UID " : "message ")
                self.prose.identifier(low)
                return false
            default: break
            }
        }
        self.prose.add(isUID ? "messages with UIDs " : "messages ")
        self.members(text, range, tally)
        return true
    }

    /// `1, 3 and 5-8`; of a set with many members `1-500, 502, 510-520, 522 and 12 more ranges (3,210 in all)`.
    mutating func members(_ text: RawSpan, _ range: Range<Int>) {
        guard let tally = SequenceSet.tally(text, range) else {
            self.prose.add("“")
            self.bare(text, range)
            self.prose.add("”")
            return
        }
        self.members(text, range, tally)
    }

    private mutating func members(_ text: RawSpan, _ range: Range<Int>, _ tally: SequenceSet.Tally) {
        let shown = tally.members <= Annotator.listed ? tally.members : Annotator.listedOfMany
        var set = SequenceSet(range)
        for index in 0..<shown {
            guard let member = set.next(text) else { return }
            if index > 0 { self.prose.add(index == tally.members - 1 ? " and " : ", ") }
            self.bound(member.first)
            if member.first != member.last {
                self.prose.add("-")
                self.bound(member.last)
            }
        }
        guard shown < tally.members else { return }
        self.prose.add(" and ")
        self.prose.quantity(UInt64(tally.members - shown))
        self.prose.add(tally.hasRanges ? " more ranges" : " more")
        if let numbers = tally.numbers {
            self.prose.add(tally.isExact ? " (" : " (at most ")
            self.prose.quantity(numbers)
            self.prose.add(" in all)")
        }
    }

    /// `UID 17`, `UIDs 304 and 319-320`.
    mutating func uids(_ set: Token, _ text: RawSpan) {
        self.prose.add(text.number(set.range) == nil ? "UIDs " : "UID ")
        self.members(text, set.range)
    }

    private mutating func bound(_ bound: SequenceSet.Bound) {
        switch bound {
        case .number(let number): self.prose.identifier(number)
        case .last: self.prose.add("*")
        }
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

/// Commas, "and" and "12 more" between the members of a list.
struct Enumeration: Sendable {
    private let count: Int
    private let shown: Int
    private var index = 0

    init(count: Int, limit: Int = Annotator.listed) {
        self.count = count
        self.shown = count > limit ? limit : count
    }

    /// Writes what stands before the next member; false when that one is not named any more.
    mutating func advance(_ prose: inout Prose) -> Bool {
        defer { self.index += 1 }
        if self.index >= self.shown {
            if self.index == self.shown, self.count > self.shown {
                prose.add(" and ")
                prose.quantity(UInt64(self.count - self.shown))
                prose.add(" more")
            }
            return false
        }
        if self.index > 0 { prose.add(self.index == self.count - 1 ? " and " : ", ") }
        return !prose.isFull
    }
}
