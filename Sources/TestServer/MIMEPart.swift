/// A body part of a message (RFC 2045, RFC 2046) and the parts within it.
struct MIMEPart: Sendable {
    enum Content: Sendable {
        case single
        case multipart([MIMEPart])
        /// message/rfc822: the message, which has a header of its own.
        indirect case message(MIMEPart)
    }

    let text: MessageText
    let type: String
    let subtype: String
    let parameters: [(name: [UInt8], value: [UInt8])]
    let content: Content

    /// Deeper parts are taken as single ones.
    private static let deepest = 32

    init(_ octets: [UInt8], in range: Range<Int>? = nil, isInDigest: Bool = false, depth: Int = 0) {
        self.text = MessageText(octets, in: range)
        // The default of RFC 2045 section 5.2; in a digest that of RFC 2046 section 5.1.5.
        let standard = isInDigest ? "message/rfc822" : "text/plain; charset=us-ascii"
        var field = ContentField(parsing: self.text.first("content-type") ?? Array(standard.utf8))
        var names = field.value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if names.count != 2 || names.contains(where: \.isEmpty) {
            field = ContentField(parsing: Array(standard.utf8))
            names = field.value.split(separator: UInt8(ascii: "/"))
        }
        self.type = String(decoding: names[0], as: UTF8.self).lowercased()
        self.subtype = String(decoding: names[1], as: UTF8.self).lowercased()
        self.parameters = field.parameters
        if self.type == "multipart", let boundary = field.parameter("boundary"), !boundary.isEmpty, depth < Self.deepest
        {
            let isDigest = self.subtype == "digest"
            let parts = Self.parts(octets, self.text.body, boundary: boundary).map {
                MIMEPart(octets, in: $0, isInDigest: isDigest, depth: depth + 1)
            }
            self.content = parts.isEmpty ? .single : .multipart(parts)
        } else if self.type == "message", self.subtype == "rfc822", depth < Self.deepest {
            self.content = .message(MIMEPart(octets, in: self.text.body, depth: depth + 1))
        } else {
            self.content = .single
        }
    }

    /// The part with these numbers (RFC 3501 section 6.4.5).
    func part(_ numbers: ArraySlice<Int>) -> MIMEPart? {
        guard let number = numbers.first else { return self }
        switch self.content {
        case .multipart(let parts):
            guard parts.indices.contains(number - 1) else { return nil }
            return parts[number - 1].descendant(numbers.dropFirst())
        case .single, .message:
            // A message that is not multipart has one part, 1: its body.
            return number == 1 ? self.descendant(numbers.dropFirst()) : nil
        }
    }

    /// Further numbers go into multiparts, and through the message of message/rfc822.
    private func descendant(_ numbers: ArraySlice<Int>) -> MIMEPart? {
        guard !numbers.isEmpty else { return self }
        switch self.content {
        case .single: return nil
        case .multipart: return self.part(numbers)
        case .message(let message): return message.part(numbers)
        }
    }

    /// The ranges between delimiter lines; the line end before a delimiter belongs to it (RFC 2046 section 5.1.1).
    private static func parts(_ octets: [UInt8], _ range: Range<Int>, boundary: [UInt8]) -> [Range<Int>] {
        let delimiter = Array("--".utf8) + boundary
        var parts: [Range<Int>] = []
        var partStart: Int?
        var start = range.lowerBound
        while start < range.upperBound {
            let end = MessageText.lineEnd(octets, from: start, to: range.upperBound)
            defer { start = end.next }
            guard octets[start..<end.content].starts(with: delimiter) else { continue }
            var rest = Array(octets[(start + delimiter.count)..<end.content])
            while rest.last == UInt8(ascii: " ") || rest.last == UInt8(ascii: "\t") { rest.removeLast() }
            let isLast = rest == Array("--".utf8)
            guard rest.isEmpty || isLast else { continue }
            if let partStart { parts.append(partStart..<max(partStart, self.withoutLineEnd(octets, before: start))) }
            partStart = end.next
            if isLast { return parts }
        }
        if let partStart { parts.append(partStart..<max(partStart, range.upperBound)) }
        return parts
    }

    private static func withoutLineEnd(_ octets: [UInt8], before position: Int) -> Int {
        var end = position
        if end > 0, octets[end - 1] == UInt8(ascii: "\n") { end -= 1 }
        if end > 0, end < position, octets[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        return end
    }
}
