import IMAPWire
import Traffic

/// SEARCH, ESEARCH, SORT and THREAD (RFC 3501 section 6.4.4, RFC 4731, RFC 5256, RFC 7377).
extension Annotator {
    mutating func search(_ command: Command, _ text: RawSpan, isUID: Bool) {
        self.prose.add("searches ")
        if command == .esearch, self.take("IN", text) {
            self.searchSources(text)
            self.prose.add(" ")
        }
        let options = self.searchReturn(text)
        let charset = self.charset(text)
        self.prose.add(isUID ? "for the UIDs of " : "for ")
        self.criteria(text)
        self.searchCharset(charset, text)
        self.returned(options, text)
    }

    /// `messages …`, or `all messages`.
    mutating func criteria(_ text: RawSpan) {
        let position = self.tokenizer.position
        if self.take("ALL", text), self.peek(text) == nil {
            self.prose.add("all messages")
            return
        }
        self.tokenizer.reset(to: position)
        self.prose.add("messages ")
        self.searchKeys(text)
    }

    /// Where the options of `RETURN (…)` begin, which are passed over.
    private mutating func searchReturn(_ text: RawSpan) -> Int? {
        guard self.take("RETURN", text), self.take(.listOpen, text) else { return nil }
        let position = self.tokenizer.position
        self.skipList(text)
        return position
    }

    private mutating func charset(_ text: RawSpan) -> Token? {
        self.take("CHARSET", text) ? self.string(text) : nil
    }

    /// US-ASCII and UTF-8 go without saying.
    private mutating func searchCharset(_ charset: Token?, _ text: RawSpan) {
        guard let charset, !text.matches(charset.range, "UTF-8"), !text.matches(charset.range, "US-ASCII") else {
            return
        }
        self.prose.add(", in charset ")
        self.bare(text, charset.range)
    }

    /// RFC 4731 section 3.1, RFC 5182 section 2.1, RFC 5267, RFC 9394: what the answer should tell.
    private mutating func returned(_ options: Int?, _ text: RawSpan) {
        guard let options else { return }
        self.tokenizer.reset(to: options)
        let count = self.countReturned(text)
        guard count > 0 else { return }
        self.prose.add("; asks for ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let option = self.next(text), option.kind == .atom {
            self.returnOption(option, text)
        }
    }

    /// Options with their arguments counted as one.
    private mutating func countReturned(_ text: RawSpan) -> Int {
        let position = self.tokenizer.position
        defer { self.tokenizer.reset(to: position) }
        var count = 0
        while let option = self.next(text), option.kind != .listClose {
            if option.kind == .listOpen { self.skipList(text) } else { count += 1 }
            if text.matches(option.range, "PARTIAL") { self.skipValue(text) }
        }
        return count
    }

    private mutating func returnOption(_ option: Token, _ text: RawSpan) {
        if text.matches(option.range, "MIN") {
            self.prose.add("the lowest")
        } else if text.matches(option.range, "MAX") {
            self.prose.add("the highest")
        } else if text.matches(option.range, "ALL") {
            self.prose.add("all numbers")
        } else if text.matches(option.range, "COUNT") {
            self.prose.add("the count")
        } else if text.matches(option.range, "SAVE") {
            self.prose.add("the result to be kept as $")
        } else if text.matches(option.range, "RELEVANCY") {
            self.prose.add("scores")
        } else if text.matches(option.range, "CONTEXT") {
            // RFC 5267 section 4.2: a hint, nothing is answered.
            self.prose.add("a search that will be used again")
        } else if text.matches(option.range, "PARTIAL"), let range = self.string(text) {
            self.partial(text, range.range)
        } else if text.matches(option.range, "UPDATE") {
            self.prose.add("live updates")
            // RFC 5465 section 5.2 and RFC 5267: what is fetched of each message that joins.
            if self.take(.listOpen, text) {
                self.prose.add(" (with ")
                self.fetchNames(text)
                self.prose.add(")")
            }
        } else {
            self.unknown("option ", text, option.range)
            if self.take(.listOpen, text) { self.skipList(text) }
        }
    }

    mutating func sort(_ text: RawSpan, isUID: Bool) {
        let options = self.searchReturn(text)
        let keys = self.tokenizer.position
        self.skipValue(text)
        let charset = self.string(text)
        self.prose.add(isUID ? "searches for the UIDs of " : "searches for ")
        self.criteria(text)
        self.searchCharset(charset, text)
        self.tokenizer.reset(to: keys)
        if self.take(.listOpen, text) { self.sortKeys(text) }
        self.returned(options, text)
    }

    mutating func sortKeys(_ text: RawSpan) {
        self.prose.add(", sorted by ")
        var isFirst = true
        var isReverse = false
        var named = 0
        while let key = self.next(text), key.kind == .atom, named < Annotator.listed {
            if text.matches(key.range, "REVERSE") {
                isReverse = true
                continue
            }
            if !isFirst { self.prose.add(", then ") }
            if isReverse { self.prose.add("reverse ") }
            isFirst = false
            isReverse = false
            named += 1
            self.sortKey(key, text)
        }
    }

    /// RFC 5256 section 3, RFC 5957, RFC 6203, RFC 5257, and two of Cyrus.
    private mutating func sortKey(_ key: Token, _ text: RawSpan) {
        if text.matches(key.range, "ARRIVAL") {
            self.prose.add("arrival")
        } else if text.matches(key.range, "DATE") {
            self.prose.add("date")
        } else if text.matches(key.range, "SIZE") {
            self.prose.add("size")
        } else if text.matches(key.range, "DISPLAYFROM") {
            self.prose.add("displayed From")
        } else if text.matches(key.range, "DISPLAYTO") {
            self.prose.add("displayed To")
        } else if text.matches(key.range, "RELEVANCY") {
            self.prose.add("relevancy")
        } else if text.matches(key.range, "ANNOTATION") {
            self.prose.add("annotation ")
            self.value(text)
            self.prose.add(" (")
            self.value(text)
            self.prose.add(")")
        } else if text.matches(key.range, "MODSEQ") {
            self.prose.add("mod-sequence")
        } else if text.matches(key.range, "UID") {
            self.prose.add("UID")
        } else if text.matches(key.range, "FROM") || text.matches(key.range, "TO") || text.matches(key.range, "CC")
            || text.matches(key.range, "SUBJECT")
        {
            self.fieldName(text, key.range)
        } else {
            self.unknown("key ", text, key.range)
        }
    }

    mutating func thread(_ text: RawSpan, isUID: Bool) {
        let algorithm = self.string(text)
        let charset = self.string(text)
        self.prose.add(isUID ? "searches for the UIDs of " : "searches for ")
        self.criteria(text)
        self.searchCharset(charset, text)
        self.prose.add(", grouped into threads")
        guard let algorithm else { return }
        self.prose.add(" by ")
        self.threadAlgorithm(text, algorithm.range)
    }

    /// CANCELUPDATE (RFC 5267 section 4.3): the tags of earlier searches.
    mutating func cancelUpdate(_ text: RawSpan) {
        let count = self.countValues(text)
        self.prose.add(count == 1 ? "stops the live updates of search " : "stops the live updates of searches ")
        if !self.words(text) { self.prose.add("that are not named") }
    }

    /// UIDBATCHES (RFC 10022 section 3.1): a size, maybe a range of batches.
    mutating func uidBatches(_ text: RawSpan) {
        guard let size = self.number(text) else {
            self.registered(.uidbatches)
            return
        }
        self.prose.add("asks for UID ranges of ")
        self.prose.counted(size, "message", "messages")
        self.prose.add(" each, newest first")
        guard let range = self.string(text) else { return }
        self.prose.add(", batches ")
        self.members(text, range.range)
    }
}
