import IMAPProtocol
import IMAPSession
import Traffic

extension WireMessage {
    /// The parts of a status response (RFC 3501 section 7.1).
    struct StatusLine {
        /// `OK`
        var word: Range<Int>
        /// With its brackets; nil: none.
        var code: Range<Int>?
        /// The text for people.
        var text: Range<Int>
    }

    var statusLine: StatusLine? {
        guard self.message.status != nil else { return nil }
        let end = self.contentEnd
        var start = min(self.message.arguments, end)
        while start < end, self.octets[start] == 0x20 { start += 1 }
        guard start < end, self.octets[start] == UInt8(ascii: "[") else {
            return StatusLine(word: self.message.name, code: nil, text: start..<end)
        }
        let code = self.tree.node(.respTextCode).map { start..<min($0.range.upperBound, end) }
        guard let code, self.octets[code.upperBound - 1] == UInt8(ascii: "]") else {
            return StatusLine(word: self.message.name, code: start..<end, text: end..<end)
        }
        var text = code.upperBound
        while text < end, self.octets[text] == 0x20 { text += 1 }
        return StatusLine(word: self.message.name, code: code, text: text..<end)
    }

    /// The words of a capability list, and where the next one would stand; nil when there is no list.
    var capabilities: (words: [Range<Int>], end: Int)? {
        let isList = self.message.response == .capability
        guard isList || self.message.status != nil && self.tree.first(.codeCapability) != nil else { return nil }
        let words = self.tree.nodes.filter { $0.production == .capability || $0.production == .authCapability }
            .map(\.range)
        if let last = words.last { return (words, last.upperBound) }
        guard isList else { return nil }
        return ([], self.contentEnd)
    }
}
