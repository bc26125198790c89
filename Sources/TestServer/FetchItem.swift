import IMAPWire

/// A data item of FETCH (RFC 3501 section 6.4.5).
enum FetchItem: Sendable, Hashable {
    case flags
    case uid
    case internalDate
    case size
    case envelope
    case body
    case bodyStructure
    /// - Parameter name: how the answer is named where it is not BODY[section].
    case section(Section, partial: Partial?, peek: Bool, name: String?)

    struct Partial: Sendable, Hashable {
        var start: Int
        var count: Int
    }

    /// Whether fetching it sets \Seen.
    var setsSeen: Bool {
        if case .section(_, _, let peek, _) = self { !peek } else { false }
    }

    /// One item, a list in parentheses, or a macro, which stands alone.
    static func items(_ reader: inout ArgumentReader) throws(CommandProblem) -> [FetchItem] {
        guard reader.peek()?.spaceBefore == true else { throw .bad("Missing fetch items") }
        guard reader.takes(.listOpen) else {
            let token = try reader.take()
            if token.kind == .atom, let items = self.macro(reader.octets(token)) { return items }
            return [try self.item(token, in: reader)]
        }
        var items: [FetchItem] = []
        while !reader.takes(.listClose) {
            let token = try reader.take()
            guard token.spaceBefore || items.isEmpty else { throw .bad("Missing space between fetch items") }
            items.append(try self.item(token, in: reader))
        }
        guard !items.isEmpty else { throw .bad("Empty list of fetch items") }
        return items
    }

    private static func macro(_ word: [UInt8]) -> [FetchItem]? {
        switch String(decoding: word, as: UTF8.self).uppercased() {
        case "ALL": [.flags, .internalDate, .size, .envelope]
        case "FAST": [.flags, .internalDate, .size]
        case "FULL": [.flags, .internalDate, .size, .envelope, .body]
        default: nil
        }
    }

    private static func item(_ token: Token, in reader: ArgumentReader) throws(CommandProblem) -> FetchItem {
        let octets = reader.octets(token)
        if token.kind == .section { return try self.section(octets) }
        guard token.kind == .atom else { throw .bad("Invalid fetch item") }
        switch String(decoding: octets, as: UTF8.self).uppercased() {
        case "FLAGS": return .flags
        case "UID": return .uid
        case "INTERNALDATE": return .internalDate
        case "RFC822.SIZE": return .size
        case "ENVELOPE": return .envelope
        case "BODY": return .body
        case "BODYSTRUCTURE": return .bodyStructure
        case "RFC822": return .section(Section(), partial: nil, peek: false, name: "RFC822")
        case "RFC822.HEADER": return .section(Section(text: .header), partial: nil, peek: true, name: "RFC822.HEADER")
        case "RFC822.TEXT": return .section(Section(text: .text), partial: nil, peek: false, name: "RFC822.TEXT")
        default: throw .bad("Unknown fetch item")
        }
    }

    private static func section(_ octets: [UInt8]) throws(CommandProblem) -> FetchItem {
        guard let open = octets.firstIndex(of: UInt8(ascii: "[")), let close = octets.lastIndex(of: UInt8(ascii: "]")),
            open < close
        else { throw .bad("Invalid section") }
        let name = String(decoding: octets[..<open], as: UTF8.self).uppercased()
        guard name == "BODY" || name == "BODY.PEEK" else { throw .bad("Unknown fetch item") }
        let section = try Section(parsing: Array(octets[(open + 1)..<close]))
        let partial = try self.partial(octets[(close + 1)...])
        return .section(section, partial: partial, peek: name == "BODY.PEEK", name: nil)
    }

    /// `<start.count>`
    private static func partial(_ octets: ArraySlice<UInt8>) throws(CommandProblem) -> Partial? {
        guard !octets.isEmpty else { return nil }
        let numbers = octets.dropFirst().dropLast().split(
            separator: UInt8(ascii: "."),
            omittingEmptySubsequences: false
        )
        .map { UInt32(String(decoding: $0, as: UTF8.self)) }
        guard octets.first == UInt8(ascii: "<"), octets.last == UInt8(ascii: ">"), numbers.count == 2,
            let start = numbers[0], let count = numbers[1], count > 0
        else { throw .bad("Invalid partial range") }
        return Partial(start: Int(start), count: Int(count))
    }

    /// Appends the item's name and value.
    func append(to line: inout OutputLine, message: StoredMessage, flags: String) {
        switch self {
        case .flags: line.append("FLAGS \(flags)")
        case .uid: line.append("UID \(message.uid)")
        case .internalDate: line.append("INTERNALDATE \"\(message.internalDate.text)\"")
        case .size: line.append("RFC822.SIZE \(message.octets.count)")
        case .envelope:
            line.append("ENVELOPE ")
            line.append(Envelope(MessageText(message.octets)).line)
        case .body:
            line.append("BODY ")
            line.append(BodyStructure(isExtended: false).line(MIMEPart(message.octets)))
        case .bodyStructure:
            line.append("BODYSTRUCTURE ")
            line.append(BodyStructure(isExtended: true).line(MIMEPart(message.octets)))
        case .section(let section, let partial, _, let name):
            if let name {
                line.append(name)
            } else {
                line.append("BODY[")
                section.append(to: &line)
                line.append("]")
            }
            if let partial { line.append("<\(partial.start)>") }
            line.append(" ")
            guard let octets = section.octets(of: message.octets) else { return line.append("NIL") }
            let cut = partial.map { Array(octets.dropFirst($0.start).prefix($0.count)) }
            line.append(literal: cut ?? octets)
        }
    }
}
