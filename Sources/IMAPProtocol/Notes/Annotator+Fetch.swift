import IMAPWire
import Traffic

/// FETCH (RFC 3501 section 6.4.5, RFC 3516, RFC 7162, RFC 9394).
extension Annotator {
    /// What a FETCH does to `\Seen`.
    struct SeenEffect {
        var sets = false
        var peeks = false
    }

    mutating func fetch(_ text: RawSpan, isUID: Bool) {
        self.prose.add("asks for ")
        guard let set = self.string(text) else {
            self.prose.add("message data")
            return
        }
        let effect = self.fetchItems(text)
        self.prose.add(" of ")
        let plural = self.messages(text, set.range, isUID: isUID)
        if self.take(.listOpen, text) { self.fetchModifiers(text) }
        if effect.sets {
            self.prose.add("; sets \\Seen")
        } else if effect.peeks {
            self.prose.add(plural ? " without marking them read" : " without marking it read")
        }
    }

    /// One item, or those of a list.
    @discardableResult
    mutating func fetchItems(_ text: RawSpan) -> SeenEffect {
        var effect = SeenEffect()
        if self.take(.listOpen, text) {
            if self.peek(text)?.kind == .listClose { self.prose.add("nothing") }
            self.fetchNames(text, &effect)
        } else if let item = self.next(text) {
            Annotator.note(item, text, &effect)
            self.fetchItem(item, text)
        } else {
            self.prose.add("nothing")
        }
        return effect
    }

    /// Items to the closing parenthesis, which is taken; what they do to `\Seen` matters to nobody here.
    mutating func fetchNames(_ text: RawSpan) {
        var effect = SeenEffect()
        self.fetchNames(text, &effect)
    }

    private mutating func fetchNames(_ text: RawSpan, _ effect: inout SeenEffect) {
        var enumeration = Enumeration(count: self.countItems(text))
        while let item = self.next(text), item.kind != .listClose {
            Annotator.note(item, text, &effect)
            if item.kind == .listOpen {
                self.skipList(text)
            } else if !self.prose.isFull, enumeration.advance(&self.prose) {
                self.fetchItem(item, text)
            } else if self.peek(text)?.kind == .listOpen {
                self.skipValue(text)
            }
        }
    }

    /// Items up to the closing parenthesis; a list behind an item belongs to it.
    mutating func countItems(_ text: RawSpan) -> Int {
        let position = self.tokenizer.position
        defer { self.tokenizer.reset(to: position) }
        var count = 0
        while let token = self.next(text), token.kind != .listClose {
            if token.kind == .listOpen { self.skipList(text) } else { count += 1 }
        }
        return count
    }

    private static func note(_ item: Token, _ text: RawSpan, _ effect: inout SeenEffect) {
        if item.kind == .section {
            let name = Section(text, item.range).name
            if text.matches(name, "BODY") || text.matches(name, "BINARY") { effect.sets = true }
            if text.matches(name, "BODY.PEEK") || text.matches(name, "BINARY.PEEK") { effect.peeks = true }
        } else if text.matches(item.range, "RFC822") || text.matches(item.range, "RFC822.TEXT") {
            effect.sets = true
        }
    }

    /// One item and the list behind it, if any.
    private mutating func fetchItem(_ item: Token, _ text: RawSpan) {
        if item.kind == .section {
            let section = Section(text, item.range)
            if text.matches(section.name, "BINARY.SIZE") { self.prose.add("the decoded size of ") }
            let isDecoded = text.matches(section.name, "BINARY") || text.matches(section.name, "BINARY.PEEK")
            self.section(section, text, decoded: isDecoded)
        } else if text.matches(item.range, "PREVIEW") || text.matches(item.range, "SNIPPET") {
            self.previewItem(text)
        } else if text.matches(item.range, "ANNOTATION"), self.take(.listOpen, text) {
            self.annotationItem(text)
        } else {
            self.namedItem(item, text)
            if self.take(.listOpen, text) { self.itemArguments(text) }
        }
    }

    private mutating func namedItem(_ item: Token, _ text: RawSpan) {
        if let words = VendorItem.words(text, item.range) {
            self.prose.add(words)
        } else if let row = Registry.row(.fetchItem, text, item.range) {
            self.prose.add(row)
        } else if Annotator.hasPart(item, text) {
            self.conversionItem(item, text)
        } else {
            self.unknown("FETCH item ", text, item.range)
        }
    }

    private mutating func itemArguments(_ text: RawSpan) {
        let count = self.countValues(text)
        self.prose.add(count == 1 ? " with argument " : " with arguments ")
        if !self.words(text) { self.prose.add("that are missing") }
        self.skipList(text)
    }

    /// RFC 8970 section 3.1: LAZY asks for what costs nothing; Dovecot's FUZZY is older.
    private mutating func previewItem(_ text: RawSpan) {
        self.prose.add("preview")
        guard self.take(.listOpen, text) else { return }
        if self.take("LAZY", text) { self.prose.add(" (if it is at hand)") }
        self.skipList(text)
    }

    /// RFC 5257 section 4.3: `(entries attributes)`; the parenthesis is taken.
    private mutating func annotationItem(_ text: RawSpan) {
        self.prose.add("annotation ")
        self.value(text)
        self.prose.add(" (")
        self.value(text)
        self.prose.add(")")
        self.skipList(text)
    }

    /// `BODYPARTSTRUCTURE[1]` and `AVAILABLECONVERSIONS[1]` of RFC 5259, which are atoms to the tokenizer.
    private static func hasPart(_ item: Token, _ text: RawSpan) -> Bool {
        let name = Section(text, item.range).name
        return text.matches(name, "BODYPARTSTRUCTURE") || text.matches(name, "AVAILABLECONVERSIONS")
    }

    private mutating func conversionItem(_ item: Token, _ text: RawSpan) {
        let section = Section(text, item.range)
        self.prose.add(
            text.matches(section.name, "AVAILABLECONVERSIONS") ? "possible conversions of " : "structure of "
        )
        self.section(section, text)
    }

    private mutating func fetchModifiers(_ text: RawSpan) {
        while let modifier = self.next(text), modifier.kind != .listClose, !self.prose.isFull {
            if text.matches(modifier.range, "CHANGEDSINCE"), let sequence = self.number(text) {
                self.prose.add(" changed since mod-sequence ")
                self.prose.identifier(sequence)
            } else if text.matches(modifier.range, "VANISHED") {
                self.prose.add(", and which are gone")
            } else if text.matches(modifier.range, "PARTIAL"), let range = self.string(text) {
                self.prose.add(", only ")
                self.partial(text, range.range)
            } else if modifier.kind == .listOpen {
                self.skipList(text)
            } else {
                self.prose.add(", ")
                self.unknown("modifier ", text, modifier.range)
            }
        }
    }

    /// RFC 9394 section 3.1: `1:500` counts from the first, `-1:-100` from the last.
    mutating func partial(_ text: RawSpan, _ range: Range<Int>) {
        var colon = range.lowerBound
        while colon < range.upperBound, text[colon] != UInt8(ascii: ":") { colon += 1 }
        let isBackward = !range.isEmpty && text[range.lowerBound] == UInt8(ascii: "-")
        let step = isBackward ? 1 : 0
        let first = range.lowerBound + step..<max(colon, range.lowerBound + step)
        let secondStart = min(colon + 1 + step, range.upperBound)
        guard let one = text.number(first), let two = text.number(secondStart..<range.upperBound) else {
            self.prose.add("results ")
            self.bare(text, range)
            return
        }
        let (low, high) = (min(one, two), max(one, two))
        if low == 1, high > 1 {
            self.prose.add(isBackward ? "the last " : "the first ")
            self.prose.counted(high, "result", "results")
            return
        }
        self.prose.add(low == high ? "result " : "results ")
        self.prose.identifier(low)
        if low != high {
            self.prose.add("-")
            self.prose.identifier(high)
        }
        if isBackward { self.prose.add(" from the end") }
    }
}
