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

    /// Message `number`, which must exist, has `uid`, which is not 0. Nothing is learned from a contradiction.
    public mutating func learn(_ uid: UInt32, of number: UInt64) -> Contradiction? {
        let place = self.place(of: Int(number) - 1)
        let run = self.chunks[place.chunk].runs[place.run]
        if run.isKnown {
            let known = run.first + UInt32(place.offset)
            return known == uid ? nil : .changed(from: known)
        }
        if let below = self.known(before: place), below.last >= uid { return .notAbove(below.last) }
        if let above = self.known(after: place), above.first <= uid { return .notBelow(above.first) }
        self.insert(uid, at: place)
        self.keepLimit()
        return nil
    }

    /// All messages of the mailbox, as runs of UIDs in ascending order. Refused when they are not that, or too many.
    public mutating func learn(all ranges: [ClosedRange<UInt32>]) -> Bool {
        guard ranges.count <= self.limit else { return false }
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

    private mutating func insert(_ uid: UInt32, at place: Place) {
        let chunk = place.chunk
        let run = place.run
        let unknown = self.chunks[chunk].runs[run]
        let after = Int(unknown.count) - place.offset - 1
        let below = run > 0 ? self.chunks[chunk].runs[run - 1] : nil
        let above = run + 1 < self.chunks[chunk].runs.count ? self.chunks[chunk].runs[run + 1] : nil
        let joinsBelow = place.offset == 0 && below.map { $0.isKnown && $0.end == Int(uid) } ?? false
        let joinsAbove = after == 0 && above.map { $0.isKnown && Int($0.first) == Int(uid) + 1 } ?? false
        if uid > self.chunks[chunk].highest { self.chunks[chunk].highest = uid }
        if joinsBelow, let below {
            // The mark stays on a run that begins where it did.
            self.mark.run = run - 1
            self.mark.runBase -= Int(below.count)
            self.chunks[chunk].runs[run - 1].count += 1
            if joinsAbove, let above {
                self.chunks[chunk].runs[run - 1].count += above.count
                self.chunks[chunk].runs.removeSubrange(run...(run + 1))
                self.runCount -= 2
            } else {
                self.shorten(chunk, run)
            }
            return
        }
        if joinsAbove {
            self.chunks[chunk].runs[run + 1].first -= 1
            self.chunks[chunk].runs[run + 1].count += 1
            self.shorten(chunk, run)
            return
        }
        let known = Run(first: uid, count: 1)
        switch (place.offset, after) {
        case (0, 0):
            self.chunks[chunk].runs[run] = known
            return
        case (0, _):
            self.chunks[chunk].runs[run].count -= 1
            self.chunks[chunk].runs.insert(known, at: run)
            self.runCount += 1
        case (_, 0):
            self.chunks[chunk].runs[run].count -= 1
            self.chunks[chunk].runs.insert(known, at: run + 1)
            self.runCount += 1
        default:
            self.chunks[chunk].runs[run].count = UInt32(place.offset)
            self.chunks[chunk].runs.insert(contentsOf: [known, Run(first: 0, count: UInt32(after))], at: run + 1)
            self.runCount += 2
        }
        self.tidy(chunk: chunk)
    }

    /// One message less in an unknown run.
    private mutating func shorten(_ chunk: Int, _ run: Int) {
        self.chunks[chunk].runs[run].count -= 1
        if self.chunks[chunk].runs[run].count == 0 {
            self.chunks[chunk].runs.remove(at: run)
            self.runCount -= 1
        }
    }
}
