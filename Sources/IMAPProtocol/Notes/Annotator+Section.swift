import IMAPWire
import Traffic

extension Annotator {
    /// `the Subject header`, `the first 1,024 octets of part 2`, `the full text`.
    ///
    /// `BINARY` counts octets behind the decoding (RFC 3516 section 4.2): it is the part that is called decoded, not them.
    mutating func section(_ section: Section, _ text: RawSpan, decoded: Bool = false) {
        if let length = section.length {
            if section.origin == 0 {
                self.prose.add("the first ")
                self.prose.counted(length, "octet", "octets")
            } else {
                self.prose.counted(length, "octet", "octets")
                self.prose.add(" from octet ")
                self.prose.quantity(section.origin ?? 0)
                self.prose.add(" on")
            }
            self.prose.add(" of ")
        }
        if decoded, !section.part.isEmpty || section.specifier != .whole { self.prose.add("decoded ") }
        switch section.specifier {
        case .whole:
            if section.part.isEmpty {
                self.prose.add(decoded ? "the full decoded text" : "the full text")
            } else {
                self.part(section, text, "")
            }
        case .header:
            self.prose.add("the header")
            self.part(section, text, " of ")
        case .text:
            self.prose.add("the body text")
            self.part(section, text, " of ")
        case .mime:
            self.prose.add("the MIME header")
            self.part(section, text, " of ")
        case .headerFields, .headerFieldsNot:
            self.headerFields(section, text)
            self.part(section, text, " of ")
        case .unknown:
            self.prose.add("section ")
            self.bare(text, section.fields)
        }
        if section.length == nil, let origin = section.origin {
            self.prose.add(" from octet ")
            self.prose.quantity(origin)
            self.prose.add(" on")
        }
    }

    private mutating func part(_ section: Section, _ text: RawSpan, _ before: StaticString) {
        if section.part.isEmpty { return }
        self.prose.add(before)
        self.prose.add("part ")
        self.bare(text, section.part)
    }

    private mutating func headerFields(_ section: Section, _ text: RawSpan) {
        let position = self.tokenizer.position
        defer { self.tokenizer.reset(to: position) }
        let list = text.extracting(0..<section.fields.upperBound)
        self.tokenizer.reset(to: section.fields.lowerBound)
        guard self.take(.listOpen, list) else {
            self.prose.add("no header field")
            return
        }
        let isNot = section.specifier == .headerFieldsNot
        let count = self.countValues(list)
        self.prose.add(isNot ? "the header without " : "the ")
        var enumeration = Enumeration(count: count)
        while enumeration.advance(&self.prose), let field = self.string(list) { self.fieldName(list, field.range) }
        if !isNot { self.prose.add(count == 1 ? " header" : " headers") }
    }
}
