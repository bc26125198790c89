extension UIDMap {
    /// Message `number`, which must exist, is gone: those behind it move down by one (RFC 9051 section 7.5.1). Returns
    /// its UID.
    @discardableResult
    public mutating func remove(_ number: UInt64) -> UInt32? {
        self.settle()
        let place = self.place(of: Int(number) - 1)
        let run = self.chunks[place.chunk].runs[place.run]
        self.count -= 1
        self.chunks[place.chunk].messages -= 1
        if run.count == 1 {
            self.chunks[place.chunk].runs.remove(at: place.run)
            self.runCount -= 1
            self.joinUnknown(place.chunk, place.run)
        } else if !run.isKnown || place.offset == Int(run.count) - 1 {
            self.chunks[place.chunk].runs[place.run].count -= 1
        } else if place.offset == 0 {
            self.chunks[place.chunk].runs[place.run].first += 1
            self.chunks[place.chunk].runs[place.run].count -= 1
        } else {
            let tail = Run(
                first: run.first + UInt32(place.offset) + 1,
                count: run.count - UInt32(place.offset) - 1
            )
            self.chunks[place.chunk].runs[place.run].count = UInt32(place.offset)
            self.chunks[place.chunk].runs.insert(tail, at: place.run + 1)
            self.runCount += 1
        }
        let uid = run.isKnown ? run.first + UInt32(place.offset) : nil
        if uid == self.chunks[place.chunk].highest { self.chunks[place.chunk].findHighest() }
        self.tidy(chunk: place.chunk)
        self.keepLimit()
        return uid
    }

    /// Messages behind the first `count` are gone.
    public mutating func truncate(to count: Int) {
        self.settle()
        while self.count > count, let last = self.chunks.indices.last {
            let excess = self.count - count
            if self.chunks[last].messages <= excess {
                self.count -= self.chunks[last].messages
                self.runCount -= self.chunks[last].runs.count
                self.chunks.removeLast()
                continue
            }
            let run = self.chunks[last].runs.count - 1
            let gone = min(excess, Int(self.chunks[last].runs[run].count))
            self.chunks[last].runs[run].count -= UInt32(gone)
            self.chunks[last].messages -= gone
            self.count -= gone
            if self.chunks[last].runs[run].count == 0 {
                self.chunks[last].runs.removeLast()
                self.runCount -= 1
            }
            self.chunks[last].findHighest()
        }
        self.mark = Mark()
    }

    /// Messages with these UIDs are gone (RFC 7162 section 3.2.10.2).
    ///
    /// Between two known UIDs that are gone every unknown one is gone too. At the edges as many unknown messages go as
    /// there are UIDs for them. Returns whether any had to be guessed so.
    public mutating func remove(uids: ClosedRange<UInt32>) -> Bool {
        self.settle()
        self.mark = Mark()
        let members = UInt64(uids.upperBound - uids.lowerBound) + 1
        guard let first = self.firstKnown(endingFrom: uids.lowerBound) else {
            guard let last = self.chunks.indices.last else { return false }
            return self.takeUnknown(Spot(chunk: last, run: self.chunks[last].runs.count - 1), members)
        }
        guard let last = self.lastKnown(beginningUpTo: uids.upperBound), !(last < first) else {
            return self.spot(before: first).map { self.takeUnknown($0, members) } ?? false
        }
        let low = self.chunks[first.chunk].runs[first.run]
        let high = self.chunks[last.chunk].runs[last.run]
        var kept: [Run] = []
        if low.first < uids.lowerBound { kept.append(Run(first: low.first, count: uids.lowerBound - low.first)) }
        if high.last > uids.upperBound {
            kept.append(Run(first: uids.upperBound + 1, count: high.last - uids.upperBound))
        }
        // From the end on, so that the places before stay what they are.
        var isGuessed = false
        if high.last < uids.upperBound, let after = self.spot(behind: last) {
            isGuessed = self.takeUnknown(after, UInt64(uids.upperBound - high.last))
        }
        self.replace(first, through: last, with: kept)
        if low.first > uids.lowerBound, let before = self.spot(before: first) {
            isGuessed = self.takeUnknown(before, UInt64(low.first - uids.lowerBound)) || isGuessed
        }
        self.keepLimit()
        return isGuessed
    }

    // MARK: - Runs by UID

    /// A run.
    private struct Spot: Comparable {
        var chunk: Int
        var run: Int

        static func < (left: Spot, right: Spot) -> Bool {
            (left.chunk, left.run) < (right.chunk, right.run)
        }
    }

    private mutating func firstKnown(endingFrom uid: UInt32) -> Spot? {
        for chunk in self.chunks.indices {
            self.steps += 1
            guard self.chunks[chunk].highest >= uid else { continue }
            for run in self.chunks[chunk].runs.indices {
                self.steps += 1
                if self.chunks[chunk].runs[run].isKnown, self.chunks[chunk].runs[run].last >= uid {
                    return Spot(chunk: chunk, run: run)
                }
            }
        }
        return nil
    }

    private mutating func lastKnown(beginningUpTo uid: UInt32) -> Spot? {
        for chunk in self.chunks.indices.reversed() {
            self.steps += 1
            guard self.chunks[chunk].highest != 0 else { continue }
            for run in self.chunks[chunk].runs.indices.reversed() {
                self.steps += 1
                if self.chunks[chunk].runs[run].isKnown, self.chunks[chunk].runs[run].first <= uid {
                    return Spot(chunk: chunk, run: run)
                }
            }
        }
        return nil
    }

    private func spot(before spot: Spot) -> Spot? {
        if spot.run > 0 { return Spot(chunk: spot.chunk, run: spot.run - 1) }
        guard spot.chunk > 0 else { return nil }
        return Spot(chunk: spot.chunk - 1, run: self.chunks[spot.chunk - 1].runs.count - 1)
    }

    private func spot(behind spot: Spot) -> Spot? {
        if spot.run + 1 < self.chunks[spot.chunk].runs.count { return Spot(chunk: spot.chunk, run: spot.run + 1) }
        return spot.chunk + 1 < self.chunks.count ? Spot(chunk: spot.chunk + 1, run: 0) : nil
    }

    /// Takes up to `most` messages from the run at `spot`, if nothing is known of it. Returns whether it took any.
    private mutating func takeUnknown(_ spot: Spot, _ most: UInt64) -> Bool {
        let run = self.chunks[spot.chunk].runs[spot.run]
        guard !run.isKnown else { return false }
        let gone = UInt32(min(most, UInt64(run.count)))
        self.count -= Int(gone)
        self.chunks[spot.chunk].messages -= Int(gone)
        if gone == run.count {
            self.chunks[spot.chunk].runs.remove(at: spot.run)
            self.runCount -= 1
            self.tidy(chunk: spot.chunk)
        } else {
            self.chunks[spot.chunk].runs[spot.run].count -= gone
        }
        self.mark = Mark()
        return true
    }

    /// Puts `runs` in place of everything from `first` to `last`.
    private mutating func replace(_ first: Spot, through last: Spot, with runs: [Run]) {
        self.steps += last.chunk - first.chunk
        guard first.chunk < last.chunk else {
            self.runCount += runs.count - (last.run - first.run + 1)
            self.chunks[first.chunk].runs.replaceSubrange(first.run...last.run, with: runs)
            self.recount(first.chunk)
            self.joinUnknown(first.chunk, first.run)
            self.tidy(chunk: first.chunk)
            return
        }
        self.runCount += runs.count - (self.chunks[first.chunk].runs.count - first.run) - (last.run + 1)
        self.chunks[last.chunk].runs.removeSubrange(...last.run)
        self.recount(last.chunk)
        self.chunks[first.chunk].runs.replaceSubrange(first.run..., with: runs)
        self.recount(first.chunk)
        let between = (first.chunk + 1)..<last.chunk
        for chunk in between {
            self.runCount -= self.chunks[chunk].runs.count
            self.count -= self.chunks[chunk].messages
        }
        let isLastEmpty = self.chunks[last.chunk].runs.isEmpty
        self.chunks.removeSubrange(between.lowerBound..<(isLastEmpty ? last.chunk + 1 : last.chunk))
        self.tidy(chunk: first.chunk)
    }

    /// The sums of a chunk whose runs were changed.
    private mutating func recount(_ chunk: Int) {
        let before = self.chunks[chunk].messages
        self.chunks[chunk].messages = self.chunks[chunk].runs.reduce(0) { $0 + Int($1.count) }
        self.chunks[chunk].findHighest()
        self.count -= before - self.chunks[chunk].messages
    }

    /// Two unknown runs that meet before index `run` become one.
    private mutating func joinUnknown(_ chunk: Int, _ run: Int) {
        guard run > 0, run < self.chunks[chunk].runs.count, !self.chunks[chunk].runs[run - 1].isKnown,
            !self.chunks[chunk].runs[run].isKnown
        else { return }
        if self.mark.chunk == chunk, self.mark.run >= run {
            self.mark.run = 0
            self.mark.runBase = self.mark.chunkBase
        }
        self.chunks[chunk].runs[run - 1].count += self.chunks[chunk].runs[run].count
        self.chunks[chunk].runs.remove(at: run)
        self.runCount -= 1
    }
}
