/// Which message of a mailbox has which UID, as far as the server has said.
///
/// Kept as runs: so many messages with UIDs that follow one another, or so many of which nothing is known. A mailbox of
/// four thousand million messages that nobody fetched is one run. Runs lie in chunks that know how many messages they
/// hold, so that an EXPUNGE in the middle of a large mailbox moves at most one chunk's runs.
public struct UIDMap: Sendable {
    struct Run: Sendable, Hashable {
        /// The UID of the first message; 0, which is no UID (RFC 9051 section 2.3.1.1), when unknown.
        var first: UInt32
        var count: UInt32

        var isKnown: Bool { self.first != 0 }
        /// The UID behind the last one; meaningless when unknown.
        var end: Int { Int(self.first) + Int(self.count) }
        var last: UInt32 { self.first &+ (self.count &- 1) }
    }

    struct Chunk: Sendable {
        var runs: [Run]
        var messages: Int
        /// The highest UID known in it, 0 for none.
        var highest: UInt32

        init(_ runs: [Run]) {
            self.runs = runs
            self.messages = runs.reduce(0) { $0 + Int($1.count) }
            self.highest = 0
            self.findHighest()
        }

        mutating func findHighest() {
            self.highest = self.runs.last(where: \.isKnown)?.last ?? 0
        }
    }

    /// A message: its run, and how many of the run's messages come before it.
    struct Place {
        var chunk: Int
        var run: Int
        var offset: Int
    }

    /// A run that was looked at last, so that its neighbours are found at once.
    struct Mark {
        var chunk = 0
        /// Messages before the chunk, and before the run.
        var chunkBase = 0
        var run = 0
        var runBase = 0
    }

    /// The most runs of a chunk.
    static let chunkRuns = 128
    /// The most runs kept unless told otherwise: half a megabyte.
    public static let standardLimit = 1 << 16

    /// The most runs kept. One more, and all is forgotten.
    public let limit: Int
    var chunks: [Chunk] = []
    var runCount = 0
    var mark = Mark()
    var journal = Journal()
    /// Messages in the mailbox.
    public internal(set) var count = 0
    /// How often the limit was met.
    public internal(set) var timesForgotten = 0
    /// Runs and chunks looked at: the cost of what was done, for tests.
    var steps = 0

    public init(limit: Int = UIDMap.standardLimit) {
        self.limit = max(limit, 2)
    }

    /// The highest UID known; nil when none is.
    public mutating func highestUID() -> UInt32? {
        self.settle()
        for chunk in self.chunks.reversed() where chunk.highest != 0 { return chunk.highest }
        return nil
    }

    /// The UID of message `number`, counted from 1.
    public mutating func uid(of number: UInt64) -> UInt32? {
        guard number > 0, number <= UInt64(self.count) else { return nil }
        self.settle()
        let place = self.place(of: Int(number) - 1)
        let run = self.chunks[place.chunk].runs[place.run]
        return run.isKnown ? run.first + UInt32(place.offset) : nil
    }

    /// The number of the message with `uid`, counted from 1.
    public mutating func number(of uid: UInt32) -> Int? {
        self.settle()
        var base = 0
        for chunk in self.chunks {
            if chunk.highest < uid {
                base += chunk.messages
                continue
            }
            for run in chunk.runs {
                if run.isKnown, run.first <= uid, uid <= run.last { return base + Int(uid - run.first) + 1 }
                if run.isKnown, run.first > uid { return nil }
                base += Int(run.count)
            }
        }
        return nil
    }

    /// `more` messages at the end, their UIDs unknown.
    public mutating func append(_ more: Int) {
        guard more > 0 else { return }
        self.settle()
        self.count += more
        if let last = self.chunks.indices.last, let run = self.chunks[last].runs.indices.last,
            !self.chunks[last].runs[run].isKnown
        {
            self.chunks[last].runs[run].count += UInt32(more)
            self.chunks[last].messages += more
            return
        }
        let run = Run(first: 0, count: UInt32(more))
        if let last = self.chunks.indices.last, self.chunks[last].runs.count < Self.chunkRuns {
            self.chunks[last].runs.append(run)
            self.chunks[last].messages += more
        } else {
            self.chunks.append(Chunk([run]))
        }
        self.runCount += 1
        self.keepLimit()
    }

    /// More runs than allowed: all is forgotten, and learned anew.
    mutating func keepLimit() {
        guard self.runCount > self.limit else { return }
        self.timesForgotten += 1
        self.forget()
    }

    /// All UIDs are forgotten, the number of messages is not.
    public mutating func forget() {
        let count = self.count
        self = UIDMap(limit: self.limit, timesForgotten: self.timesForgotten, steps: self.steps)
        self.append(count)
    }

    private init(limit: Int, timesForgotten: Int, steps: Int) {
        self.limit = limit
        self.timesForgotten = timesForgotten
        self.steps = steps
    }

    // MARK: - Places

    /// Where the message behind `position` others is; there must be one.
    mutating func place(of position: Int) -> Place {
        var mark = self.mark
        if mark.chunk >= self.chunks.count { mark = Mark() }
        let start = mark.chunk
        while position < mark.chunkBase {
            mark.chunk -= 1
            mark.chunkBase -= self.chunks[mark.chunk].messages
            self.steps += 1
        }
        while position >= mark.chunkBase + self.chunks[mark.chunk].messages {
            mark.chunkBase += self.chunks[mark.chunk].messages
            mark.chunk += 1
            self.steps += 1
        }
        if mark.chunk != start || mark.run >= self.chunks[mark.chunk].runs.count {
            mark.run = 0
            mark.runBase = mark.chunkBase
        }
        while position < mark.runBase {
            mark.run -= 1
            mark.runBase -= Int(self.chunks[mark.chunk].runs[mark.run].count)
            self.steps += 1
        }
        while true {
            let count = Int(self.chunks[mark.chunk].runs[mark.run].count)
            self.steps += 1
            if position < mark.runBase + count { break }
            mark.runBase += count
            mark.run += 1
        }
        self.mark = mark
        return Place(chunk: mark.chunk, run: mark.run, offset: position - mark.runBase)
    }

    /// The nearest known run before that of `place`.
    func known(before place: Place) -> Run? {
        var chunk = place.chunk
        var run = place.run
        while true {
            while run > 0 {
                run -= 1
                if self.chunks[chunk].runs[run].isKnown { return self.chunks[chunk].runs[run] }
            }
            guard chunk > 0 else { return nil }
            chunk -= 1
            run = self.chunks[chunk].highest == 0 ? 0 : self.chunks[chunk].runs.count
        }
    }

    /// The nearest known run behind that of `place`.
    func known(after place: Place) -> Run? {
        var chunk = place.chunk
        var run = place.run + 1
        while chunk < self.chunks.count {
            if self.chunks[chunk].highest != 0 {
                while run < self.chunks[chunk].runs.count {
                    if self.chunks[chunk].runs[run].isKnown { return self.chunks[chunk].runs[run] }
                    run += 1
                }
            }
            chunk += 1
            run = 0
        }
        return nil
    }

    /// A chunk that grew too long is cut in half; one without runs goes.
    mutating func tidy(chunk: Int) {
        let count = self.chunks[chunk].runs.count
        if count == 0 {
            self.chunks.remove(at: chunk)
            self.mark = Mark()
        } else if count > Self.chunkRuns {
            let tail = Chunk(Array(self.chunks[chunk].runs[(count / 2)...]))
            self.chunks[chunk].runs.removeSubrange((count / 2)...)
            self.chunks[chunk].messages -= tail.messages
            self.chunks[chunk].findHighest()
            self.chunks.insert(tail, at: chunk + 1)
        }
    }
}
