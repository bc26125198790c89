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
        guard SequenceSet.isValid(text, range) else {
            self.prose.add("messages “")
            self.bare(text, range)
            self.prose.add("” (not a valid set)")
            return true
        }
        var set = SequenceSet(range)
        if SequenceSet.count(text, range) == 1, let member = set.next(text) {
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
                self.knownUID(low)
                return false
            default: break
            }
        }
        self.prose.add(isUID ? "messages with UIDs " : "messages ")
        self.members(text, range)
        return true
    }

    /// `1, 3 and 5-8`, at most eight members.
    mutating func members(_ text: RawSpan, _ range: Range<Int>) {
        guard SequenceSet.isValid(text, range) else {
            self.prose.add("“")
            self.bare(text, range)
            self.prose.add("”")
            return
        }
        let count = SequenceSet.count(text, range)
        var set = SequenceSet(range)
        var enumeration = Enumeration(count: count)
        while let member = set.next(text), enumeration.advance(&self.prose) {
            self.bound(member.first)
            if member.first != member.last {
                self.prose.add("-")
                self.bound(member.last)
            }
            self.knownUIDs(member)
        }
    }

    /// `(UID 17)` behind a sequence number.
    mutating func knownUID(_ number: UInt64) {
        guard let uid = self.uids.uid(of: number) else { return }
        self.prose.add(" (UID ")
        self.prose.identifier(UInt64(uid))
        self.prose.add(")")
    }

    private mutating func knownUIDs(_ member: SequenceSet.Member) {
        guard case .number(let first) = member.first, case .number(let last) = member.last else { return }
        guard first != last else { return self.knownUID(first) }
        guard let low = self.uids.uid(of: first), let high = self.uids.uid(of: last) else { return }
        self.prose.add(" (UIDs ")
        self.prose.identifier(UInt64(low))
        self.prose.add("-")
        self.prose.identifier(UInt64(high))
        self.prose.add(")")
    }

    private mutating func bound(_ bound: SequenceSet.Bound) {
        switch bound {
        case .number(let number): self.prose.identifier(number)
        case .last: self.prose.add("*")
        }
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
