import IMAPWire
import Traffic

/// Sets of message numbers and UIDs (RFC 3501 section 9, sequence-set), summarised when they have many members.
extension Annotator {
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
                self.knownUID(low)
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
            self.knownUIDs(member)
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

    /// `(UID 17)` behind a sequence number.
    mutating func knownUID(_ number: UInt64) {
        guard let uid = self.knownUIDs.uid(of: number) else { return }
        self.prose.add(" (UID ")
        self.prose.identifier(UInt64(uid))
        self.prose.add(")")
    }

    private mutating func knownUIDs(_ member: SequenceSet.Member) {
        guard case .number(let first) = member.first, case .number(let last) = member.last else { return }
        guard first != last else { return self.knownUID(first) }
        guard let low = self.knownUIDs.uid(of: first), let high = self.knownUIDs.uid(of: last) else { return }
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
}
