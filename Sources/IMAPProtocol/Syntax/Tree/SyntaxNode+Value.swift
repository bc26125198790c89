import Traffic

extension SyntaxNode {
    /// The octets that the node's string stands for: escapes of a quoted string are undone (RFC 3501 section 9, quoted); of a
    /// literal what is kept of it. Nil for NIL and for a node with children.
    public func octets(in text: RawSpan) -> [UInt8]? {
        switch self.form {
        case .inner, .nil: return nil
        case .atom, .literal, .literal8: return self.range.map { text[$0] }
        case .quoted:
            var octets: [UInt8] = []
            octets.reserveCapacity(self.range.count)
            var index = self.range.lowerBound
            while index < self.range.upperBound {
                // Anything else behind a backslash stands for itself, and the backslash too.
                let next = index + 1
                if text[index] == 0x5C, next < self.range.upperBound, text[next] == 0x5C || text[next] == 0x22 {
                    index = next
                }
                octets.append(text[index])
                index += 1
            }
            return octets
        }
    }

    /// Whether its atom or string is `word`, given in capitals, whatever its case on the wire.
    public func matches(_ text: RawSpan, _ word: StaticString) -> Bool {
        self.form != .inner && self.form != .nil && text.matches(self.range, word)
    }
}
