import IMAPSession
import IMAPWire
import Traffic

// MARK: - Pieces of objects. Each key is written with its comma: `event` or `offset` came before.

extension ByteWriter {
    /// Appends a string that may hold octets from the wire, for a person to read.
    mutating func append(prose text: String) {
        self.append(UInt8(ascii: "\""))
        self.append(text, escaped: .jsonProse)
        self.append(UInt8(ascii: "\""))
    }

    mutating func append(prose text: String?) {
        guard let text else {
            self.append("null")
            return
        }
        self.append(prose: text)
    }

    mutating func append(_ value: Bool) {
        self.append(value ? "true" : "false")
    }

    /// Appends the octets of `range` as a string from which they can be had back.
    mutating func append(octetString text: RawSpan, _ range: Range<Int>, masked: [SecretRange]) {
        let range = range.clamped(to: 0..<text.byteCount)
        self.append(UInt8(ascii: "\""))
        if masked.isEmpty {
            self.append(text.extracting(range), escaped: .jsonText)
        } else {
            self.append(text, range, masked: masked, escaped: .jsonText)
        }
        self.append(UInt8(ascii: "\""))
    }

    /// Appends the message's lines with their small literals; the last line end is left out, and so are the octets of
    /// literals that the text does not hold whole.
    mutating func append(textOf layout: MessageLayout, _ text: RawSpan, masked: [SecretRange]) {
        let content = MessageLayout.content(text, 0..<text.byteCount)
        guard layout.message.literals.contains(where: { !layout.isWhole($0) }) else {
            self.append(octetString: text, content, masked: masked)
            return
        }
        self.append(UInt8(ascii: "\""))
        var position = 0
        for literal in layout.message.literals where !layout.isWhole(literal) {
            let kept = layout.kept(literal)
            guard kept.lowerBound >= position else { continue }
            self.append(text, position..<kept.lowerBound, masked: masked, escaped: .jsonText)
            position = kept.upperBound
        }
        if position < content.upperBound {
            self.append(text, position..<content.upperBound, masked: masked, escaped: .jsonText)
        }
        self.append(UInt8(ascii: "\""))
    }

    mutating func append(literalsOf layout: MessageLayout, _ text: RawSpan, masked: [SecretRange]) {
        var separator = UInt8(ascii: "[")
        for literal in layout.message.literals {
            let kept = layout.kept(literal)
            self.append(separator)
            separator = UInt8(ascii: ",")
            self.append(#"{"offset":"#)
            self.append(decimal: literal.offset)
            self.append(#","size":"#)
            let hidesSize = masked.contains { !$0.showsLength && $0.range.overlaps(kept) }
            if hidesSize { self.append("null") } else { self.append(decimal: literal.size) }
            self.append(#","kind":""#)
            self.append(literal.kind)
            self.append(UInt8(ascii: "\""))
            // What `text` leaves out is not lost altogether.
            if !layout.isWhole(literal) {
                self.append(#","preview":"#)
                self.append(octetString: text, kept.prefix(256), masked: masked)
            }
            self.append("}")
        }
        self.append(layout.message.literals.isEmpty ? "[]" : "]")
    }

    mutating func append(_ quirks: WireQuirks) {
        guard !quirks.isEmpty else {
            self.append("[]")
            return
        }
        var separator = UInt8(ascii: "[")
        for (quirk, name) in WireQuirks.names where quirks.contains(quirk) {
            self.append(separator)
            separator = UInt8(ascii: ",")
            self.append(prose: name)
        }
        self.append("]")
    }
}

extension Message.Kind {
    /// The word in JSON, a static string because it is written with every message.
    var word: StaticString {
        switch self {
        case .greeting: "greeting"
        case .command: "command"
        case .sasl: "sasl"
        case .done: "done"
        case .cancel: "cancel"
        case .continuation: "continuation"
        case .untagged: "untagged"
        case .tagged: "tagged"
        case .unparsed: "unparsed"
        }
    }
}
