/// How often each of some words occurred. Words beyond ``limit`` are counted together.
public struct Tally: Sendable, Hashable {
    public private(set) var counts: [String: Int] = [:]
    /// Occurrences of words for which there was no room.
    public private(set) var others = 0

    public static let limit = 4096

    public init() {}

    mutating func add(_ word: String) {
        if let count = self.counts[word] {
            self.counts[word] = count + 1
        } else if self.counts.count < Self.limit {
            self.counts[word] = 1
        } else {
            self.others += 1
        }
    }

    /// The most frequent first, equals by name.
    public var sorted: [(word: String, count: Int)] {
        self.counts.map { (word: $0.key, count: $0.value) }
            .sorted { $0.count != $1.count ? $0.count > $1.count : $0.word < $1.word }
    }
}
