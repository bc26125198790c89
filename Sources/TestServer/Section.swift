import IMAPWire

/// A section of RFC 3501 section 6.4.5: what stands in the brackets of BODY[...].
struct Section: Sendable, Hashable {
    enum Text: Sendable, Hashable {
        case whole
        case header
        case headerFields([String], inverted: Bool)
        case text
        case mime
    }

    var part: [Int] = []
    var text = Text.whole

    init(part: [Int] = [], text: Text = .whole) {
        self.part = part
        self.text = text
    }

    /// Reads what stands between the brackets.
    init(parsing octets: [UInt8]) throws(CommandProblem) {
        var rest = octets[...]
        while let first = rest.first, first &- 0x30 < 10 {
            let digits = rest.prefix { $0 &- 0x30 < 10 }
            guard let number = Int(String(decoding: digits, as: UTF8.self)), number > 0, self.part.count < 64 else {
                throw .bad("Invalid section")
            }
            self.part.append(number)
            rest = rest.dropFirst(digits.count)
            guard !rest.isEmpty else { return }
            guard rest.first == UInt8(ascii: "."), rest.count > 1 else { throw .bad("Invalid section") }
            rest = rest.dropFirst()
        }
        let name = rest.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "(") }
        let fields = Array(rest.dropFirst(name.count))
        switch String(decoding: name, as: UTF8.self).uppercased() {
        case "" where self.part.isEmpty && fields.isEmpty: self.text = .whole
        case "HEADER" where fields.isEmpty: self.text = .header
        case "TEXT" where fields.isEmpty: self.text = .text
        case "MIME" where fields.isEmpty && !self.part.isEmpty: self.text = .mime
        case "HEADER.FIELDS": self.text = .headerFields(try Self.names(fields), inverted: false)
        case "HEADER.FIELDS.NOT": self.text = .headerFields(try Self.names(fields), inverted: true)
        default: throw .bad("Invalid section")
        }
    }

    private static func names(_ octets: [UInt8]) throws(CommandProblem) -> [String] {
        var reader = ArgumentReader(octets, position: 0, literalPrefix: 0)
        try reader.listOpen()
        var names: [String] = []
        while !reader.takes(.listClose) {
            names.append(String(decoding: try reader.astring(first: names.isEmpty), as: UTF8.self).uppercased())
        }
        try reader.end()
        guard !names.isEmpty else { throw .bad("Empty list of header fields") }
        return names
    }

    /// What stands between the brackets of the answer.
    func append(to line: inout OutputLine) {
        line.append(self.part.map(String.init).joined(separator: "."))
        if !self.part.isEmpty, self.text != .whole { line.append(".") }
        switch self.text {
        case .whole: break
        case .header: line.append("HEADER")
        case .text: line.append("TEXT")
        case .mime: line.append("MIME")
        case .headerFields(let names, let inverted):
            line.append(inverted ? "HEADER.FIELDS.NOT (" : "HEADER.FIELDS (")
            for (index, name) in names.enumerated() {
                if index > 0 { line.append(" ") }
                line.append(mailbox: name)
            }
            line.append(")")
        }
    }

    /// The octets of the section; nil where the message has no such part.
    func octets(of message: [UInt8]) -> [UInt8]? {
        guard !self.part.isEmpty else {
            let text = MessageText(message)
            switch self.text {
            case .whole: return message
            case .mime: return nil
            case .header, .text, .headerFields: return self.octets(text)
            }
        }
        guard let part = MIMEPart(message).part(self.part[...]) else { return nil }
        switch self.text {
        case .whole: return Array(message[part.text.body])
        case .mime: return Array(message[part.text.header])
        case .header, .text, .headerFields:
            // Only a message within the message has a header and a text of its own.
            guard case .message(let inner) = part.content else { return nil }
            return self.octets(inner.text)
        }
    }

    private func octets(_ text: MessageText) -> [UInt8]? {
        switch self.text {
        case .header: Array(text.octets[text.header])
        case .text: Array(text.octets[text.body])
        case .headerFields(let names, let inverted): text.headerFields(names, inverted: inverted)
        case .whole, .mime: nil
        }
    }
}
