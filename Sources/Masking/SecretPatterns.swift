import SASL
import Traffic

/// The values to mask in one session, in every spelling in which they are likely to reappear.
///
/// Search is Wu and Manber's: a table of shifts by the hash of two octets, so that most octets are never looked at.
final class SecretPatterns: Sendable {
    /// Shorter values occur by chance too often to be masked by value.
    static let shortestValue = 5
    /// The most values of one session.
    static let mostValues = 64
    /// No longer than the shortest pattern; the longer it is, the more octets are skipped.
    private let window: Int
    private static let longestWindow = 16

    let patterns: [Secret]
    let longest: Int
    private let shifts: [UInt8]
    /// Indices into `patterns`, grouped by the hash of the window's last two octets.
    private let buckets: [Int: [Int]]

    init(values: [Secret]) {
        var patterns: [Secret] = []
        for value in values {
            for spelling in SecretSpellings.all(of: value) where spelling.count >= Self.shortestValue {
                if !patterns.contains(where: { $0.equals(spelling) }) { patterns.append(spelling) }
            }
        }
        let window = min(patterns.map(\.count).min() ?? Self.shortestValue, Self.longestWindow)
        var shifts = [UInt8](repeating: UInt8(window - 1), count: Self.hashes)
        var buckets: [Int: [Int]] = [:]
        for (index, pattern) in patterns.enumerated() {
            pattern.withBytes { bytes in
                for position in 1..<window {
                    let hash = Self.hash(bytes[position - 1], bytes[position])
                    shifts[hash] = min(shifts[hash], UInt8(window - 1 - position))
                    if position == window - 1 { buckets[hash, default: []].append(index) }
                }
            }
        }
        self.window = window
        self.patterns = patterns
        self.longest = patterns.map(\.count).max() ?? 0
        self.shifts = shifts
        self.buckets = buckets
    }

    var isEmpty: Bool { self.patterns.isEmpty }

    private static let hashes = 1024

    @inline(__always)
    private static func hash(_ first: UInt8, _ second: UInt8) -> Int {
        (Int(first) &* 37 ^ Int(second) &* 5) & (Self.hashes - 1)
    }

    /// Whether a text of so many octets is long enough for any.
    func mayOccur(in count: Int) -> Bool { !self.isEmpty && count >= self.window }

    /// Where the patterns occur in `text`, sorted and joined.
    func ranges(in text: RawSpan) -> [Range<Int>] {
        guard self.mayOccur(in: text.byteCount) else { return [] }
        var found: [Range<Int>] = []
        text.withUnsafeBytes { buffer in
            self.shifts.withUnsafeBufferPointer { shifts in
                var position = self.window - 1
                while position < buffer.count {
                    let hash = Self.hash(buffer[position - 1], buffer[position])
                    let shift = Int(shifts[hash])
                    if shift > 0 {
                        position += shift
                        continue
                    }
                    self.match(buffer, at: position - self.window + 1, hash: hash, into: &found)
                    position += 1
                }
            }
        }
        return found
    }

    private func match(_ text: UnsafeRawBufferPointer, at start: Int, hash: Int, into found: inout [Range<Int>]) {
        for index in self.buckets[hash] ?? [] {
            let pattern = self.patterns[index]
            guard start + pattern.count <= text.count else { continue }
            let isEqual = pattern.withBytes { bytes in
                text[start..<(start + bytes.count)].elementsEqual(bytes)
            }
            if isEqual { found.join(start..<(start + pattern.count)) }
        }
    }

    /// How many octets at the end of `text` begin a pattern that the cut may have shortened, if at least `shortest`.
    func partialSuffix(of text: RawSpan, shortest: Int) -> Int {
        var length = min(self.longest - 1, text.byteCount)
        while length >= shortest {
            let suffix = text.extracting((text.byteCount - length)..<text.byteCount)
            let isPrefix = self.patterns.contains { pattern in
                pattern.count > length
                    && pattern.withBytes { bytes in suffix.withUnsafeBytes { bytes.prefix(length).elementsEqual($0) } }
            }
            if isPrefix { return length }
            length -= 1
        }
        return 0
    }
}

extension [Range<Int>] {
    /// Appends a range that begins no earlier than the last one, joining the two when they touch.
    mutating func join(_ range: Range<Int>) {
        if let last = self.last, range.lowerBound <= last.upperBound {
            self[self.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
        } else {
            self.append(range)
        }
    }
}
