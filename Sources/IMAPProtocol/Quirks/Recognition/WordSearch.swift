import Traffic

/// Several words of two octets or more that are looked for at once, in their very spelling.
///
/// Search is Wu and Manber's: a table of shifts by the hash of two octets, so that most octets are never looked at.
struct WordSearch: Sendable {
    private let words: [StaticString]
    /// No longer than the shortest word; the longer it is, the more octets are skipped.
    private let window: Int
    private let shifts: [UInt8]

    private static let longestWindow = 16
    private static let hashes = 4096

    init(_ words: [StaticString]) {
        let window = min(words.map(\.utf8CodeUnitCount).min() ?? 2, Self.longestWindow)
        precondition(window >= 2, "a word of one octet is no word")
        var shifts = [UInt8](repeating: UInt8(window - 1), count: Self.hashes)
        for word in words {
            for position in 1..<window {
                let hash = Self.hash(word.utf8Start[position - 1], word.utf8Start[position])
                shifts[hash] = min(shifts[hash], UInt8(window - 1 - position))
            }
        }
        self.words = words
        self.window = window
        self.shifts = shifts
    }

    @inline(__always)
    private static func hash(_ first: UInt8, _ second: UInt8) -> Int {
        (Int(first) &<< 5 ^ Int(second)) & (Self.hashes - 1)
    }

    /// Calls `body` with each place of `range` where a word stands, and the word's place in the list.
    func find(in text: RawSpan, _ range: Range<Int>, _ body: (Int, Int) -> Void) {
        text.extracting(range).withUnsafeBytes { octets in
            self.shifts.withUnsafeBufferPointer { shifts in
                var last = self.window - 1
                while last < octets.count {
                    let shift = Int(shifts[Self.hash(octets[last - 1], octets[last])])
                    if shift > 0 {
                        last += shift
                        continue
                    }
                    let start = last - self.window + 1
                    for (index, word) in self.words.enumerated() where Self.stands(word, in: octets, at: start) {
                        body(index, range.lowerBound + start)
                    }
                    last += 1
                }
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
