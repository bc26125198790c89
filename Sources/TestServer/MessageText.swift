/// A message or body part as text: a header and a body, ranges of the octets they came from.
struct MessageText: Sendable {
    let octets: [UInt8]
    /// With the empty line that ends it, where there is one.
    let header: Range<Int>
    let body: Range<Int>

    init(_ octets: [UInt8], in range: Range<Int>? = nil) {
        let range = range ?? 0..<octets.count
        self.octets = octets
        var lineStart = range.lowerBound
        while lineStart < range.upperBound {
            let end = Self.lineEnd(octets, from: lineStart, to: range.upperBound)
            let isEmpty = end.content == lineStart
            lineStart = end.next
            if isEmpty { break }
        }
        self.header = range.lowerBound..<lineStart
        self.body = lineStart..<range.upperBound
    }

    /// Where the line that begins at `start` ends, without and with its line end.
    static func lineEnd(_ octets: [UInt8], from start: Int, to limit: Int) -> (content: Int, next: Int) {
        guard let newline = octets[start..<limit].firstIndex(of: UInt8(ascii: "\n")) else { return (limit, limit) }
        let hasReturn = newline > start && octets[newline - 1] == UInt8(ascii: "\r")
        return (hasReturn ? newline - 1 : newline, newline + 1)
    }

    struct Field: Sendable {
        var name: String
        /// The whole field with its line ends.
        var range: Range<Int>
        /// Where the text after the colon begins.
        var valueStart: Int
    }

    var fields: [Field] {
        var fields: [Field] = []
        var start = self.header.lowerBound
        while start < self.header.upperBound {
            let end = Self.lineEnd(self.octets, from: start, to: self.header.upperBound)
            defer { start = end.next }
            if end.content == start { continue }
            let first = self.octets[start]
            if first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"), !fields.isEmpty {
                fields[fields.count - 1].range = fields[fields.count - 1].range.lowerBound..<end.next
                continue
            }
            let colon = self.octets[start..<end.content].firstIndex(of: UInt8(ascii: ":")) ?? end.content
            var name = Array(self.octets[start..<colon])
            while name.last == UInt8(ascii: " ") || name.last == UInt8(ascii: "\t") { name.removeLast() }
            fields.append(
                Field(
                    name: String(decoding: name, as: UTF8.self).lowercased(),
                    range: start..<end.next,
                    valueStart: min(colon + 1, end.content)
                )
            )
        }
        return fields
    }

    /// The value of a field, unfolded (RFC 5322 section 2.2.3) and without blanks around it.
    func value(_ field: Field) -> [UInt8] {
        let isBlank = { (octet: UInt8) in octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t") }
        let raw = self.octets[field.valueStart..<field.range.upperBound].filter {
            $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n")
        }
        let start = raw.firstIndex { !isBlank($0) } ?? raw.endIndex
        let end = raw.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? start
        return Array(raw[start..<end])
    }

    func values(_ name: String) -> [[UInt8]] {
        let wanted = name.lowercased()
        return self.fields.filter { $0.name == wanted }.map { self.value($0) }
    }

    func first(_ name: String) -> [UInt8]? { self.values(name).first }

    /// The fields that `names` lists, or all others, and the empty line (RFC 3501 section 6.4.5).
    func headerFields(_ names: [String], inverted: Bool) -> [UInt8] {
        let wanted = Set(names.map { $0.lowercased() })
        var result: [UInt8] = []
        for field in self.fields where wanted.contains(field.name) != inverted { result += self.octets[field.range] }
        return result + [0x0D, 0x0A]
    }
}
