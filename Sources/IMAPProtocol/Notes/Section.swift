import Traffic

/// What `BODY[...]<...>` and `BINARY[...]<...>` say (RFC 3501 section 6.4.5, RFC 3516 section 4.2); ranges of the text.
struct Section: Sendable {
    enum Specifier: Sendable {
        /// Nothing: the part, or the message.
        case whole
        case header
        case headerFields
        case headerFieldsNot
        case text
        case mime
        case unknown
    }

    /// The item before the bracket, such as `BODY.PEEK`.
    let name: Range<Int>
    /// `1.2`; empty for the message itself.
    let part: Range<Int>
    let specifier: Specifier
    /// From the parenthesis of the header field names to the bracket.
    let fields: Range<Int>
    /// The octet the partial range begins at.
    let origin: UInt64?
    /// How many octets the partial range asks for; answers give only the origin.
    let length: UInt64?

    init(_ text: RawSpan, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound, text[index] != UInt8(ascii: "[") { index += 1 }
        self.name = range.lowerBound..<index
        index = min(index + 1, range.upperBound)
        let partStart = index
        while index < range.upperBound, text[index] &- 0x30 < 10 || text[index] == UInt8(ascii: ".") { index += 1 }
        var partEnd = index
        if partEnd > partStart, text[partEnd - 1] == UInt8(ascii: ".") { partEnd -= 1 }
        self.part = partStart..<partEnd
        let wordStart = index
        while index < range.upperBound, text[index] != 0x20, text[index] != UInt8(ascii: "]") { index += 1 }
        let word = wordStart..<index
        if word.isEmpty {
            self.specifier = .whole
        } else if text.matches(word, "HEADER") {
            self.specifier = .header
        } else if text.matches(word, "HEADER.FIELDS") {
            self.specifier = .headerFields
        } else if text.matches(word, "HEADER.FIELDS.NOT") {
            self.specifier = .headerFieldsNot
        } else if text.matches(word, "TEXT") {
            self.specifier = .text
        } else if text.matches(word, "MIME") {
            self.specifier = .mime
        } else {
            self.specifier = .unknown
        }
        var end = range.upperBound
        var partial: Range<Int>?
        if end > index, text[end - 1] == UInt8(ascii: ">") {
            var open = end - 1
            while open > index, text[open] != UInt8(ascii: "<") { open -= 1 }
            if text[open] == UInt8(ascii: "<") {
                partial = open + 1..<end - 1
                end = open
            }
        }
        self.fields = index..<end
        guard let partial else {
            self.origin = nil
            self.length = nil
            return
        }
        var dot = partial.lowerBound
        while dot < partial.upperBound, text[dot] != UInt8(ascii: ".") { dot += 1 }
        self.origin = text.number(partial.lowerBound..<dot)
        self.length = dot < partial.upperBound ? text.number(dot + 1..<partial.upperBound) : nil
    }
}
