/// Up to eight letters folded to capitals and packed into an integer, so that keywords compare in one step.
public struct Word: Sendable, Hashable {
    public let packed: UInt64

    /// Packs the octets of `range`; nil when there are none or more than eight.
    public init?(_ text: RawSpan, _ range: Range<Int>) {
        guard (1...8).contains(range.count) else { return nil }
        var value: UInt64 = 0
        for index in range {
            var octet = text.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if octet &- 0x61 < 26 { octet &-= 0x20 }
            value = value << 8 | UInt64(octet)
        }
        self.packed = value
    }

    /// Packs a literal in capitals of at most eight letters.
    public init(_ word: StaticString) {
        precondition(word.utf8CodeUnitCount <= 8, "a packed word has at most eight letters")
        var value: UInt64 = 0
        for index in 0..<word.utf8CodeUnitCount { value = value << 8 | UInt64(word.utf8Start[index]) }
        self.packed = value
    }
}

/// The cases of a keyword list, found by the octets of their names in any case.
struct KeywordTable<Keyword: RawRepresentable<String> & Sendable>: Sendable {
    private let byWord: [Word: Keyword]

    init(_ keywords: [Keyword]) {
        var byWord: [Word: Keyword] = [:]
        for keyword in keywords {
            let octets = Array(keyword.rawValue.utf8)
            if let word = Word(octets.span.bytes, 0..<octets.count) { byWord[word] = keyword }
        }
        self.byWord = byWord
    }

    func keyword(_ text: RawSpan, _ range: Range<Int>) -> Keyword? {
        if let word = Word(text, range) { return self.byWord[word] }
        // Names of more than eight letters are rare on the wire.
        guard (9...17).contains(range.count) else { return nil }
        return Keyword(rawValue: text.uppercased(range))
    }
}

extension RawSpan {
    /// The octets of `range` as text, for keywords and names; each octet becomes one scalar.
    public func latin1(_ range: Range<Int>) -> String { self.text(range) { $0 } }

    /// The octets of `range` in ASCII capitals; those beyond ASCII as if they were Latin-1.
    public func uppercased(_ range: Range<Int>) -> String {
        self.text(range) { octet in octet &- 0x61 < 26 ? octet &- 0x20 : octet }
    }

    @inline(__always)
    private func text(_ range: Range<Int>, _ fold: (UInt8) -> UInt8) -> String {
        // An octet beyond ASCII becomes the two of its UTF-8.
        String(unsafeUninitializedCapacity: range.count * 2) { buffer in
            var count = 0
            for index in range {
                let octet = fold(self.unsafeLoad(fromByteOffset: index, as: UInt8.self))
                if octet < 0x80 {
                    buffer[count] = octet
                    count += 1
                } else {
                    buffer[count] = 0xC0 | octet >> 6
                    buffer[count + 1] = 0x80 | octet & 0x3F
                    count += 2
                }
            }
            return count
        }
    }

    /// Whether the octets of `range` are `word` (given in capitals), whatever their case.
    public func matches(_ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        var position = 0
        for index in range {
            var octet = self.unsafeLoad(fromByteOffset: index, as: UInt8.self)
            if octet &- 0x61 < 26 { octet &-= 0x20 }
            if octet != word.utf8Start[position] { return false }
            position += 1
        }
        return true
    }
}
