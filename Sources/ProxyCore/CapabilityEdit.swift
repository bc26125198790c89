import Traffic

/// A change of the capability lists that a client is shown.
public struct CapabilityEdit: Sendable {
    /// The option or rule that asks for it.
    public var cause: String
    /// Whether a capability, given in capitals, goes.
    public var removes: @Sendable (String) -> Bool
    /// Capabilities that are added at the end where they are missing.
    public var adds: [String]

    public init(cause: String, removes: @escaping @Sendable (String) -> Bool, adds: [String] = []) {
        self.cause = cause
        self.removes = removes
        self.adds = adds
    }

    /// Removes the capabilities named, in capitals.
    public init(cause: String, removing names: Set<String>, adds: [String] = []) {
        self.init(cause: cause, removes: { names.contains($0) }, adds: adds)
    }

    /// `text` with the list in `range` edited, or nil when the edit changes nothing.
    ///
    /// Names that stay keep their octets and the spaces before them. A list that would be empty is `IMAP4rev1`, the one
    /// name that every list must hold (RFC 3501 section 7.2.1).
    func apply(to text: [UInt8], list range: Range<Int>) -> (text: [UInt8], list: Range<Int>)? {
        let words = CapabilityEdit.words(text, range)
        var list: [UInt8] = []
        list.reserveCapacity(range.count)
        var names: Set<String> = []
        var changed = false
        // Where the octets not copied yet begin: the spaces before the next word.
        var pending = range.lowerBound
        for word in words {
            let name = String(decoding: text[word], as: UTF8.self).uppercased()
            // Without it a client would send its password where the server asks it not to (RFC 9051 section 6.2.3).
            if name != "LOGINDISABLED", self.removes(name) {
                changed = true
                // The first word has no spaces of its own to take away: those after it go.
                pending = names.isEmpty ? self.skipSpaces(text, word.upperBound, range.upperBound) : word.upperBound
                continue
            }
            names.insert(name)
            list += text[pending..<word.upperBound]
            pending = word.upperBound
        }
        func add(_ name: String) {
            if let last = list.last, last != 0x20 { list.append(0x20) }
            list += name.utf8
            names.insert(name.uppercased())
        }
        for name in self.adds where !names.contains(name.uppercased()) {
            changed = true
            add(name)
        }
        guard changed else { return nil }
        if names.isEmpty { add("IMAP4rev1") }
        list += text[pending..<range.upperBound]
        let edited = text[..<range.lowerBound] + list + text[range.upperBound...]
        return (Array(edited), range.lowerBound..<(range.lowerBound + list.count))
    }

    private func skipSpaces(_ text: [UInt8], _ start: Int, _ end: Int) -> Int {
        var index = start
        while index < end, text[index] == 0x20 { index += 1 }
        return index
    }

    private static func words(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = range.lowerBound
        while index < range.upperBound {
            let start = index
            while index < range.upperBound, text[index] != 0x20 { index += 1 }
            if index > start { words.append(start..<index) }
            index += 1
        }
        return words
    }
}
