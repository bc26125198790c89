import Traffic

/// Several words of two octets or more that are looked for at once, in their very spelling.
struct WordSearch: Sendable {
    private let words: [StaticString]
    /// One bit for the hash of the two octets with which a word begins: most octets of a text are looked at only once.
    private var beginnings = InlineArray<4, UInt64>(repeating: 0)

    init(_ words: [StaticString]) {
        self.words = words
        for word in words where word.utf8CodeUnitCount > 1 {
            let hash = Self.hash(word.utf8Start[0], word.utf8Start[1])
            self.beginnings[Int(hash >> 6)] |= 1 << UInt64(hash & 63)
        }
    }

    @inline(__always)
    private static func hash(_ first: UInt8, _ second: UInt8) -> UInt8 { first &* 31 ^ second &* 7 }

    /// Calls `body` with each place of `range` where a word stands, and the word's place in the list.
    func find(in text: RawSpan, _ range: Range<Int>, _ body: (Int, Int) -> Void) {
        text.extracting(range).withUnsafeBytes { octets in
            let beginnings = self.beginnings
            var start = 0
            while start + 1 < octets.count {
                let hash = Self.hash(octets[start], octets[start + 1])
                if (beginnings[Int(hash &>> 6)] &>> UInt64(hash & 63)) & 1 != 0 {
                    for (index, word) in self.words.enumerated() where Self.stands(word, in: octets, at: start) {
                        body(index, range.lowerBound + start)
                    }
                }
                start += 1
            }
        }
    }

    private static func stands(_ word: StaticString, in octets: UnsafeRawBufferPointer, at start: Int) -> Bool {
        let length = word.utf8CodeUnitCount
        guard octets.count - start >= length else { return false }
        var index = 0
        while index < length, octets[start + index] == word.utf8Start[index] { index += 1 }
        return index == length
    }
}
