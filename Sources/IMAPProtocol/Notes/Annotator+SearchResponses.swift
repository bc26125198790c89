import IMAPWire
import Traffic

/// SEARCH, SORT, ESEARCH and THREAD answers (RFC 3501 section 7.2.5, RFC 4731, RFC 5256).
extension Annotator {
    mutating func searchResponse(_ response: Response, _ text: RawSpan, isUID: Bool) {
        let start = self.tokenizer.position
        var count: UInt64 = 0
        while self.number(text) != nil { count += 1 }
        let end = self.tokenizer.position
        if count == 0 {
            self.prose.add("no message matches")
            return
        }
        self.prose.counted(count, "message matches", "messages match")
        self.prose.add(response == .sort && count > 1 ? ", in this order: " : ": ")
        if isUID { self.prose.add(count == 1 ? "UID " : "UIDs ") }
        self.tokenizer.reset(to: start)
        self.runs(text, of: count)
        self.tokenizer.reset(to: end)
        if self.take(.listOpen, text), self.take("MODSEQ", text), let sequence = self.number(text) {
            self.prose.add("; highest mod-sequence ")
            self.prose.identifier(sequence)
        }
    }

    /// Numbers in a row are written as a range: `14-63`.
    private mutating func runs(_ text: RawSpan, of count: UInt64) {
        var written: UInt64 = 0
        var members = 0
        guard var first = self.number(text) else { return }
        var last = first
        while true {
            let following = self.number(text)
            if let following, last < .max, following == last + 1 {
                last = following
                continue
            }
            if members > 0 { self.prose.add(following == nil ? " and " : ", ") }
            self.prose.identifier(first)
            if last > first {
                self.prose.add("-")
                self.prose.identifier(last)
            }
            written += last - first + 1
            members += 1
            guard let following else { return }
            if members == Annotator.listed {
                self.prose.add(" and ")
                self.prose.quantity(count - min(written, count))
                self.prose.add(" more")
                return
            }
            first = following
            last = following
        }
    }

    mutating func extendedSearchResponse(_ text: RawSpan) {
        // RFC 4466 section 2.6.2: `(TAG "x")`; RFC 7377 section 2.1 adds MAILBOX and UIDVALIDITY.
        if self.take(.listOpen, text) {
            while let name = self.string(text), let value = self.string(text) {
                // The tag says which search; it matters only with live updates, where no search is running.
                if text.matches(name.range, "MAILBOX"), !self.prose.isFull {
                    self.prose.add("in ")
                    self.mailbox(value, text)
                    self.prose.add(": ")
                }
            }
            self.skipList(text)
        }
        let isUID = self.take("UID", text)
        var isFirst = true
        while let name = self.next(text), name.kind == .atom, !self.prose.isFull {
            if !isFirst { self.prose.add("; ") }
            isFirst = false
            self.extendedSearchItem(name, text, isUID: isUID)
        }
        if isFirst { self.prose.add("no message matches") }
    }

    private mutating func extendedSearchItem(_ name: Token, _ text: RawSpan, isUID: Bool) {
        if text.matches(name.range, "COUNT"), let count = self.number(text) {
            self.prose.counted(count, "message matches", "messages match")
            return
        }
        if text.matches(name.range, "ALL"), let set = self.string(text) {
            self.messages(text, set.range, isUID: isUID)
            if SequenceSet.isValid(text, set.range) {
                self.prose.add(text.number(set.range) == nil ? " match" : " matches")
            }
            return
        }
        if text.matches(name.range, "MIN"), let number = self.number(text) {
            self.prose.add(isUID ? "lowest UID " : "lowest ")
            self.prose.identifier(number)
        } else if text.matches(name.range, "MAX"), let number = self.number(text) {
            self.prose.add(isUID ? "highest UID " : "highest ")
            self.prose.identifier(number)
        } else if text.matches(name.range, "MODSEQ"), let number = self.number(text) {
            self.prose.add("highest mod-sequence ")
            self.prose.identifier(number)
        } else if text.matches(name.range, "PARTIAL"), self.take(.listOpen, text), let range = self.string(text) {
            // RFC 9394 section 3.1: `(range set)`.
            self.partial(text, range.range)
            self.prose.add(": ")
            if let set = self.string(text) {
                if self.isNil(set, text) {
                    self.prose.add("none")
                } else if isUID {
                    self.uids(set, text)
                } else {
                    self.members(text, set.range)
                }
            }
            self.skipList(text)
        } else if text.matches(name.range, "ADDTO") || text.matches(name.range, "REMOVEFROM") {
            self.update(name, text, isUID: isUID)
        } else if text.matches(name.range, "RELEVANCY"), self.take(.listOpen, text) {
            // RFC 6203 section 4: 1 to 100, in the order of the numbers.
            self.prose.add("scores ")
            if !self.words(text) { self.prose.add("none") }
            self.skipList(text)
        } else {
            self.unknown("item ", text, name.range)
            self.prose.add(" ")
            self.value(text)
        }
    }

    /// `ADDTO (position set …)` (RFC 5267 section 4.3): position 0 in a search means that order does not matter.
    private mutating func update(_ name: Token, _ text: RawSpan, isUID: Bool) {
        let joins = text.matches(name.range, "ADDTO")
        self.prose.add(joins ? "joined the result: " : "left the result: ")
        guard self.take(.listOpen, text) else { return }
        var enumeration = Enumeration(count: (self.countValues(text) + 1) / 2)
        while enumeration.advance(&self.prose), let position = self.string(text), let set = self.string(text) {
            if isUID { self.uids(set, text) } else { self.members(text, set.range) }
            guard let place = text.number(position.range), place > 0 else { continue }
            self.prose.add(" at place ")
            self.prose.quantity(place)
        }
        self.skipList(text)
    }

    mutating func threadResponse(_ text: RawSpan, isUID: Bool) {
        var threads: UInt64 = 0
        var messages: UInt64 = 0
        var depth = 0
        while let token = self.next(text) {
            switch token.kind {
            case .listOpen:
                if depth == 0 { threads += 1 }
                depth += 1
            case .listClose: depth -= 1
            default: messages += 1
            }
        }
        if threads == 0 {
            self.prose.add("no message matches")
            return
        }
        self.prose.counted(messages, "message matches", "messages match")
        self.prose.add(", in ")
        self.prose.counted(threads, "thread", "threads")
    }
}
