import IMAPWire
import Traffic

/// FETCH (RFC 3501 section 6.4.5, RFC 3516, RFC 7162, RFC 8970, RFC 9394).
extension Annotator {
    /// What a FETCH does to `\Seen`.
    private struct SeenEffect {
        var sets = false
        var peeks = false
    }

    mutating func fetch(_ text: RawSpan, isUID: Bool) {
        self.prose.add("asks for ")
        guard let set = self.string(text) else {
            self.prose.add("message data")
            return
        }
        var effect = SeenEffect()
        if self.take(.listOpen, text) {
            var enumeration = Enumeration(count: self.countItems(text))
            if self.peek(text)?.kind == .listClose { self.prose.add("nothing") }
            while let item = self.next(text), item.kind != .listClose {
                self.note(item, text, &effect)
                if !self.prose.isFull, enumeration.advance(&self.prose) { self.fetchItem(item, text) }
                if self.peek(text)?.kind == .listOpen { self.skipValue(text) }
            }
        } else if let item = self.next(text) {
            self.note(item, text, &effect)
            self.fetchItem(item, text)
        }
        self.prose.add(" of ")
        let plural = self.messages(text, set.range, isUID: isUID)
        if self.take(.listOpen, text) { self.fetchModifiers(text) }
        if effect.sets {
            self.prose.add("; sets \\Seen")
        } else if effect.peeks {
            self.prose.add(plural ? " without marking them read" : " without marking it read")
        }
    }

    /// Items up to the closing parenthesis; a list behind an item belongs to it.
    private mutating func countItems(_ text: RawSpan) -> Int {
        let position = self.tokenizer.position
        defer { self.tokenizer.reset(to: position) }
        var count = 0
        while let token = self.next(text), token.kind != .listClose {
            if token.kind == .listOpen { self.skipList(text) } else { count += 1 }
        }
        return count
    }

    private func note(_ item: Token, _ text: RawSpan, _ effect: inout SeenEffect) {
        if item.kind == .section {
            let name = Section(text, item.range).name
            if text.matches(name, "BODY") || text.matches(name, "BINARY") { effect.sets = true }
            if text.matches(name, "BODY.PEEK") || text.matches(name, "BINARY.PEEK") { effect.peeks = true }
        } else if text.matches(item.range, "RFC822") || text.matches(item.range, "RFC822.TEXT") {
            effect.sets = true
        }
    }

    private mutating func fetchItem(_ item: Token, _ text: RawSpan) {
        if item.kind == .section {
            let section = Section(text, item.range)
            if text.matches(section.name, "BINARY.SIZE") {
                self.prose.add("the decoded size of ")
            } else if text.matches(section.name, "BINARY") || text.matches(section.name, "BINARY.PEEK") {
                self.prose.add("decoded ")
            }
            self.section(section, text)
        } else if item.kind == .atom, let row = Registry.row(.fetchItem, text, item.range) {
            self.prose.add(row)
        } else {
            self.bare(text, item.range)
        }
    }

    private mutating func fetchModifiers(_ text: RawSpan) {
        while let modifier = self.next(text), modifier.kind != .listClose, !self.prose.isFull {
            if text.matches(modifier.range, "CHANGEDSINCE"), let sequence = self.number(text) {
                self.prose.add(" changed since mod-sequence ")
                self.prose.identifier(sequence)
            } else if text.matches(modifier.range, "VANISHED") {
                self.prose.add(", and which are gone")
            } else if text.matches(modifier.range, "PARTIAL"), let range = self.string(text) {
                self.prose.add(", only results ")
                self.bare(text, range.range)
            }
        }
    }
}
