extension UIDMap {
    /// What was said before and cannot be true together with what is said now (RFC 9051 section 2.3.1.1).
    public enum Contradiction: Sendable, Hashable {
        /// The message had another UID.
        case changed(from: UInt32)
        /// An earlier message has this UID, which is not lower.
        case notAbove(UInt32)
        /// A later message has this UID, which is not higher.
        case notBelow(UInt32)
    }

    /// UIDs of messages one after another, as a FETCH of many brings them, before they are put among the runs.
    ///
    /// They lie in one unknown run, so that each costs two comparisons; the chunks are touched once for many.
    struct Journal: Sendable {
        var runs: [Run] = []
        /// The number of its first message, of the next one, and of the last one in the unknown run.
        var start = 0
        var next = 0
        var end = 0
        var last: UInt32 = 0
        /// The next known UID behind the unknown run.
        var above: UInt64 = 0
    }

    private static let journalRuns = 64

    /// Message `number`, which must exist, has `uid`, which is not 0. Nothing is learned from a contradiction.
    public mutating func learn(_ uid: UInt32, of number: UInt64) -> Contradiction? {
        if self.continues(uid, of: number) { return nil }
        self.settle()
        let place = self.place(of: Int(number) - 1)
        let run = self.chunks[place.chunk].runs[place.run]
        if run.isKnown {
            let known = run.first + UInt32(place.offset)
            return known == uid ? nil : .changed(from: known)
        }
        if let below = self.known(before: place), below.last >= uid { return .notAbove(below.last) }
        let above = self.known(after: place)?.first
        if let above, above <= uid { return .notBelow(above) }
        self.journal.start = Int(number)
        self.journal.next = Int(number) + 1
        self.journal.end = Int(number) + Int(run.count) - place.offset - 1
        self.journal.last = uid
        self.journal.above = above.map(UInt64.init) ?? UInt64(UInt32.max) + 1
        self.journal.runs.append(Run(first: uid, count: 1))
        return nil
    }

    /// Learns from the message behind the one before, if it is that: the common case, and as fast as can be.
    mutating func continues(_ uid: UInt32, of number: UInt64) -> Bool {
        guard number == UInt64(self.journal.next), self.journal.next <= self.journal.end, uid > self.journal.last,
            UInt64(uid) < self.journal.above
        else { return false }
        let last = self.journal.runs.count - 1
        if uid == self.journal.last &+ 1 {
            self.journal.runs[last].count += 1
        } else {
            guard last + 1 < Self.journalRuns else { return false }
            self.journal.runs.append(Run(first: uid, count: 1))
        }
        self.journal.last = uid
        self.journal.next += 1
        return true
    }

    /// Puts the journal among the runs. Whatever looks at them does this first.
    mutating func settle() {
        guard !self.journal.runs.isEmpty else { return }
        let place = self.place(of: self.journal.start - 1)
        let chunk = place.chunk
        var range = place.run..<(place.run + 1)
        let after =
            Int(self.chunks[chunk].runs[place.run].count) - place.offset
            - (self.journal.next - self.journal.start)
        if place.offset > 0 {
            self.journal.runs.insert(Run(first: 0, count: UInt32(place.offset)), at: 0)
        } else if place.run > 0, let first = self.journal.runs.first {
            let below = self.chunks[chunk].runs[place.run - 1]
            if below.isKnown, below.end == Int(first.first) {
                self.journal.runs[0] = Run(first: below.first, count: below.count + first.count)
                range = (place.run - 1)..<range.upperBound
            }
        }
        if after > 0 {
            self.journal.runs.append(Run(first: 0, count: UInt32(after)))
        } else if range.upperBound < self.chunks[chunk].runs.count, let last = self.journal.runs.indices.last {
            let above = self.chunks[chunk].runs[range.upperBound]
            if above.isKnown, self.journal.runs[last].end == Int(above.first) {
                self.journal.runs[last].count += above.count
                range = range.lowerBound..<(range.upperBound + 1)
            }
        }
        self.runCount += self.journal.runs.count - range.count
        self.chunks[chunk].runs.replaceSubrange(range, with: self.journal.runs)
        self.chunks[chunk].highest = max(self.chunks[chunk].highest, self.journal.last)
        self.journal.runs.removeAll(keepingCapacity: true)
        self.journal.next = 0
        self.journal.end = -1
        self.mark.run = 0
        self.mark.runBase = self.mark.chunkBase
        self.tidy(chunk: chunk)
        self.keepLimit()
    }

    /// All messages of the mailbox, as runs of UIDs in ascending order. Refused when they are not that, or too many.
    public mutating func learn(all ranges: [ClosedRange<UInt32>]) -> Bool {
        guard ranges.count <= self.limit else { return false }
        self.settle()
        var runs: [Run] = []
        var total = 0
        for range in ranges {
            guard range.lowerBound > (runs.last?.last ?? 0) else { return false }
            total += Int(range.upperBound - range.lowerBound) + 1
            guard total <= self.count else { return false }
            if let last = runs.indices.last, runs[last].end == Int(range.lowerBound) {
                runs[last].count += range.upperBound - range.lowerBound + 1
            } else {
                runs.append(Run(first: range.lowerBound, count: range.upperBound - range.lowerBound + 1))
            }
        }
        guard total == self.count else { return false }
        self.runCount = runs.count
        self.mark = Mark()
        self.chunks = stride(from: 0, to: runs.count, by: Self.chunkRuns).map { start in
            Chunk(Array(runs[start..<min(start + Self.chunkRuns, runs.count)]))
        }
        return true
    }
}
