import Synchronization

/// Counts what was hidden, over all sessions: what a person looks at before giving a transcript away.
public final class RedactionTally: Sendable {
    private let counts = Mutex<[Part: Int]>([:])
    private let matched = Mutex(0)

    init() {}

    func count(_ part: Part) { self.counts.withLock { $0[part, default: 0] += 1 } }
    func countMatch() { self.matched.withLock { $0 += 1 } }

    /// How many places of each part were overwritten, in the order of ``Part``.
    public var parts: [(part: Part, places: Int)] {
        self.counts.withLock { counts in Part.allCases.compactMap { part in counts[part].map { (part, $0) } } }
    }

    /// How many places regular expressions found.
    public var matches: Int { self.matched.withLock { $0 } }
}
