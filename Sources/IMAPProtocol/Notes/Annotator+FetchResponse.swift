import IMAPWire
import Traffic

/// FETCH answers (RFC 3501 section 7.4.2, RFC 3516, RFC 7162, RFC 9586).
extension Annotator {
    mutating func fetchResponse(_ line: ResponseHead, _ text: RawSpan) {
        guard let number = line.number else { return }
        self.prose.add(line.response == .uidfetch ? "the message with UID " : "message ")
        self.prose.identifier(number)
        self.knownUID(number)
        guard self.take(.listOpen, text) else { return }
        self.fetchedItems(text)
    }

    /// The items and values up to the closing parenthesis.
    mutating func fetchedItems(_ text: RawSpan) {
        var isFirst = true
        while let item = self.next(text), item.kind == .atom || item.kind == .section, !self.prose.isFull {
            self.prose.add(isFirst ? ": " : "; ")
            isFirst = false
            self.fetched(item, text)
        }
    }

    private mutating func fetched(_ item: Token, _ text: RawSpan) {
        if item.kind == .section {
            self.fetchedSection(item, text)
        } else if text.matches(item.range, "UID"), let number = self.number(text) {
            self.prose.add("UID ")
            self.prose.identifier(number)
        } else if text.matches(item.range, "FLAGS"), self.take(.listOpen, text) {
            self.flags(text)
        } else if text.matches(item.range, "RFC822.SIZE"), let size = self.number(text) {
            self.prose.counted(size, "octet", "octets")
        } else if text.matches(item.range, "INTERNALDATE"), let date = self.string(text) {
            self.prose.add("arrived ")
            self.date(text, date.range)
        } else if text.matches(item.range, "ENVELOPE"), self.take(.listOpen, text) {
            self.envelope(text)
        } else if text.matches(item.range, "BODYSTRUCTURE") || text.matches(item.range, "BODY"),
            self.take(.listOpen, text)
        {
            self.prose.add("structure ")
            self.bodyStructure(text, depth: 0)
        } else {
            self.fetchedAttribute(item, text)
        }
    }

    private mutating func fetchedSection(_ item: Token, _ text: RawSpan) {
        let section = Section(text, item.range)
        if text.matches(section.name, "BINARY.SIZE") {
            self.prose.add("decoded size of ")
            self.section(section, text)
            if let size = self.number(text) {
                self.prose.add(": ")
                self.prose.counted(size, "octet", "octets")
            }
            return
        }
        self.section(section, text, decoded: text.matches(section.name, "BINARY"))
        if self.take(.listOpen, text) {
            self.conversionFailure(text)
            return
        }
        guard let value = self.string(text) else { return }
        self.measure(value, text)
        switch section.specifier {
        case .header, .headerFields, .headerFieldsNot: self.subject(value, text)
        case .whole where section.part.isEmpty: self.subject(value, text)
        default: break
        }
    }

    /// ` (310 octets)`.
    mutating func measure(_ value: Token, _ text: RawSpan) {
        if self.isNil(value, text) {
            self.prose.add(" (missing)")
            return
        }
        self.prose.add(" (")
        self.prose.counted(self.octets(of: value, text), "octet", "octets")
        self.prose.add(")")
    }

    /// The size of a string, the announced one of a literal.
    func octets(of value: Token, _ text: RawSpan) -> UInt64 {
        value.kind == .literal ? self.literalSize(value, text) : UInt64(value.length)
    }

    /// `: Subject “crash”`, when the kept octets hold that field.
    mutating func subject(_ value: Token, _ text: RawSpan) {
        guard value.kind == .literal, let range = HeaderText.field("SUBJECT", text, value.range) else { return }
        self.prose.add(": Subject “")
        self.header(text, range)
        self.prose.add("”")
    }
}
