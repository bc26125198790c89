import IMAPWire
import Traffic

/// FETCH answers (RFC 3501 section 7.4.2, RFC 3516, RFC 7162, RFC 8474, RFC 8970, RFC 9586).
extension Annotator {
    mutating func fetchResponse(_ line: ResponseLine, _ text: RawSpan) {
        guard let number = line.number else { return }
        self.prose.add(line.response == .uidfetch ? "the message with UID " : "message ")
        self.prose.identifier(number)
        self.knownUID(number)
        guard self.take(.listOpen, text) else { return }
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
            self.bare(text, date.range)
        } else if text.matches(item.range, "ENVELOPE"), self.take(.listOpen, text) {
            self.envelope(text)
        } else if text.matches(item.range, "BODYSTRUCTURE") || text.matches(item.range, "BODY"),
            self.take(.listOpen, text)
        {
            self.bodyStructure(text)
        } else {
            self.otherFetched(item, text)
        }
    }

    private mutating func otherFetched(_ item: Token, _ text: RawSpan) {
        if let row = Registry.row(.fetchItem, text, item.range) {
            self.prose.add(row)
        } else {
            self.bare(text, item.range)
        }
        guard let value = self.peek(text), value.kind != .listClose else { return }
        if value.kind == .listOpen {
            // MODSEQ (n), EMAILID (id), X-GM-LABELS (…)
            _ = self.take(.listOpen, text)
            self.prose.add(" ")
            if !self.words(text) { self.prose.add("none") }
            self.skipList(text)
            return
        }
        guard let value = self.string(text) else { return }
        if text.matches(item.range, "RFC822") || text.matches(item.range, "RFC822.TEXT") {
            self.measure(value, text)
        } else if text.matches(item.range, "RFC822.HEADER") {
            self.measure(value, text)
            self.subject(value, text)
        } else if self.isNil(value, text) {
            self.prose.add(" none")
        } else if value.kind == .atom {
            self.prose.add(" ")
            self.bare(text, value.range)
        } else {
            self.prose.add(" ")
            self.quoted(value, text)
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
        if text.matches(section.name, "BINARY") { self.prose.add("decoded ") }
        self.section(section, text)
        guard let value = self.string(text) else { return }
        self.measure(value, text)
        switch section.specifier {
        case .header, .headerFields, .headerFieldsNot: self.subject(value, text)
        case .whole where section.part.isEmpty: self.subject(value, text)
        default: break
        }
    }

    /// ` (310 octets)`.
    private mutating func measure(_ value: Token, _ text: RawSpan) {
        if self.isNil(value, text) {
            self.prose.add(" (missing)")
            return
        }
        self.prose.add(" (")
        let size = value.kind == .literal ? self.literalSize(value, text) : UInt64(value.length)
        self.prose.counted(size, "octet", "octets")
        self.prose.add(")")
    }

    /// `: Subject “crash”`, when the kept octets hold that field.
    private mutating func subject(_ value: Token, _ text: RawSpan) {
        guard value.kind == .literal, let range = HeaderText.field("SUBJECT", text, value.range) else { return }
        self.prose.add(": Subject ")
        self.header(text, range)
    }

    /// The text of a header field in “ ”, encoded words decoded.
    mutating func header(_ text: RawSpan, _ range: Range<Int>) {
        self.prose.add("“")
        WireText.scalars(HeaderText.decode(text, range), limit: Annotator.shownCharacters) { self.prose.append($0) }
        self.prose.add("”")
    }

    /// RFC 3501 section 7.4.2: date, subject, from, …; the parenthesis is taken.
    private mutating func envelope(_ text: RawSpan) {
        self.skipValue(text)
        if let subject = self.string(text) {
            if self.isNil(subject, text) { self.prose.add("no subject") } else { self.header(text, subject.range) }
        }
        if self.take(.listOpen, text) {
            if self.take(.listOpen, text) {
                self.prose.add(" from ")
                self.address(text)
                self.skipList(text)
            }
            self.skipList(text)
        }
        self.skipList(text)
    }

    /// The name, or mailbox@host.
    private mutating func address(_ text: RawSpan) {
        guard let name = self.string(text), self.string(text) != nil, let mailbox = self.string(text),
            let host = self.string(text)
        else { return }
        if !self.isNil(name, text), name.length > 0 {
            WireText.scalars(HeaderText.decode(text, name.range), limit: Annotator.shownCharacters) {
                self.prose.append($0)
            }
            return
        }
        self.bare(text, mailbox.range, unescape: true)
        self.prose.add("@")
        self.bare(text, host.range, unescape: true)
    }

    /// `text/plain`, or `multipart/mixed of 2 parts`; the parenthesis is taken (RFC 3501 section 7.4.2).
    private mutating func bodyStructure(_ text: RawSpan) {
        self.prose.add("structure ")
        var parts: UInt64 = 0
        while self.take(.listOpen, text) {
            self.skipList(text)
            parts += 1
        }
        if parts > 0 {
            self.prose.add("multipart/")
            if let subtype = self.string(text) { self.lowercased(text, subtype.range) }
            self.prose.add(" of ")
            self.prose.counted(parts, "part", "parts")
        } else if let type = self.string(text), let subtype = self.string(text) {
            self.lowercased(text, type.range)
            self.prose.add("/")
            self.lowercased(text, subtype.range)
        }
        self.skipList(text)
    }

    private mutating func lowercased(_ text: RawSpan, _ range: Range<Int>) {
        WireText.scalars(text, range, unescape: false, limit: Annotator.shownCharacters) {
            self.prose.append(
                $0.isASCII ? Unicode.Scalar(Annotator.lowercase(UInt8(truncatingIfNeeded: $0.value))) : $0
            )
        }
    }

    private static func lowercase(_ octet: UInt8) -> UInt8 {
        octet &- 0x41 < 26 ? octet | 0x20 : octet
    }
}
