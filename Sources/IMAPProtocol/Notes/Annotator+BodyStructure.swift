import IMAPWire
import Traffic

/// BODY and BODYSTRUCTURE (RFC 3501 section 7.4.2).
extension Annotator {
    /// Parts inside parts deeper than this are counted, not described.
    private static let structureNesting = 3
    /// How many parts of one multipart are described.
    private static let describedParts = 4

    /// `multipart/mixed of text/plain 1.2 kB and application/pdf “x.pdf” 340 kB`; the parenthesis is taken.
    mutating func bodyStructure(_ text: RawSpan, depth: Int) {
        if self.peek(text)?.kind == .listOpen {
            self.multipart(text, depth: depth)
        } else {
            self.singlePart(text, depth: depth)
        }
        self.skipList(text)
    }

    /// The subtype stands behind the parts and is told before them.
    private mutating func multipart(_ text: RawSpan, depth: Int) {
        let start = self.tokenizer.position
        var count = 0
        while self.take(.listOpen, text) {
            self.skipList(text)
            count += 1
        }
        self.prose.add("multipart/")
        if let subtype = self.string(text) { self.lowercased(text, subtype.range) } else { self.prose.add("(missing)") }
        self.prose.add(" of ")
        let end = self.tokenizer.position
        guard depth < Annotator.structureNesting else {
            self.prose.counted(UInt64(count), "part", "parts")
            return
        }
        self.tokenizer.reset(to: start)
        var enumeration = Enumeration(count: count, limit: Annotator.describedParts)
        while enumeration.advance(&self.prose), self.take(.listOpen, text) {
            let isNested = self.peek(text)?.kind == .listOpen
            if isNested { self.prose.add("(") }
            self.bodyStructure(text, depth: depth + 1)
            if isNested { self.prose.add(")") }
        }
        self.tokenizer.reset(to: end)
    }

    /// `("TEXT" "PLAIN" params id description encoding octets …`
    private mutating func singlePart(_ text: RawSpan, depth: Int) {
        guard let type = self.string(text), let subtype = self.string(text) else {
            self.prose.add("of no type")
            return
        }
        self.lowercased(text, type.range)
        self.prose.add("/")
        self.lowercased(text, subtype.range)
        var name = self.parameter("NAME", text)
        self.skipValue(text)
        self.skipValue(text)
        self.skipValue(text)
        let size = self.number(text)
        let isMessage =
            text.matches(type.range, "MESSAGE")
            && (text.matches(subtype.range, "RFC822") || text.matches(subtype.range, "GLOBAL"))
        if isMessage, self.peek(text)?.kind == .listOpen {
            self.enclosedMessage(text, size, depth: depth)
            return
        }
        // Lines of a text part.
        if text.matches(type.range, "TEXT") { _ = self.number(text) }
        // The digest of its octets (RFC 1864), then the disposition (RFC 2183).
        self.skipValue(text)
        let disposition = self.disposition(text)
        name = disposition.name ?? name
        if disposition.isAttachment, name == nil { self.prose.add(" attached") }
        if let name {
            self.prose.add(" “")
            self.header(text, name.range)
            self.prose.add("”")
        }
        self.size(size)
    }

    private mutating func size(_ size: UInt64?) {
        guard let size else { return }
        self.prose.add(" ")
        self.prose.size(size)
    }

    /// `message/rfc822 “crash” from Terry Gray 3.1 kB`.
    private mutating func enclosedMessage(_ text: RawSpan, _ size: UInt64?, depth: Int) {
        self.size(size)
        guard depth < Annotator.structureNesting, self.take(.listOpen, text) else { return }
        self.prose.add(" (")
        self.envelope(text)
        self.prose.add(")")
    }

    /// The value of the parameter `name` in a list of pairs or NIL, which is passed over.
    private mutating func parameter(_ name: StaticString, _ text: RawSpan) -> Token? {
        guard self.take(.listOpen, text) else {
            self.skipValue(text)
            return nil
        }
        var found: Token?
        while let key = self.string(text) {
            guard let value = self.string(text) else { break }
            if found == nil, text.matches(key.range, name), value.length > 0 { found = value }
        }
        self.skipList(text)
        return found
    }

    /// `("attachment" ("filename" "x.pdf"))` or NIL.
    private mutating func disposition(_ text: RawSpan) -> (isAttachment: Bool, name: Token?) {
        guard self.take(.listOpen, text) else {
            self.skipValue(text)
            return (false, nil)
        }
        var isAttachment = false
        if let kind = self.string(text) { isAttachment = text.matches(kind.range, "ATTACHMENT") }
        let name = self.parameter("FILENAME", text)
        self.skipList(text)
        return (isAttachment, name)
    }
}
