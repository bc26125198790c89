import Traffic

/// What one side of a connection sent, as offsets from its first octet.
///
/// Invariants: `delivered` octets have been handed on or told as gaps; `held` is ordered by offset, and none of it ends at or
/// before `delivered`. Not copyable: it is looked at many times for every packet, in place.
struct TCPStream: Sendable, ~Copyable {
    /// A segment that cannot be handed on yet.
    struct Held: Sendable {
        var offset: UInt64
        var octets: [UInt8]
        /// Octets behind `octets` that the snapshot length cut off.
        var missing: Int
        /// What its sender had received of the other stream when it sent this.
        var acknowledges: UInt64
        var time: Timestamp
        var packet: Int

        var end: UInt64 { self.offset + UInt64(self.octets.count + self.missing) }

        /// What it takes of the memory: octets alone would let segments of one octet each take a hundred times the limit.
        var cost: Int { self.octets.count + 160 }
    }

    /// The sequence number of offset 0; nil before anything told it.
    private(set) var base: UInt32?
    /// Whether `base` comes from a SYN, so that nothing can stand before it.
    private(set) var beganWithSYN = false
    /// Offset of the next octet to hand on.
    var delivered: UInt64 = 0
    /// How much the other side has said that it received.
    var acknowledged: UInt64 = 0
    /// Where the stream ends, how, and what its sender had received of the other stream then.
    var end: (offset: UInt64, kind: TCPEnd, acknowledges: UInt64)?
    var hasEnded = false
    /// Packets of this side, with data or not.
    var packets = 0
    private(set) var held = SegmentQueue()
    /// What is held costs so much memory.
    private(set) var heldOctets = 0
    var recent = RecentOctets()

    mutating func begin(at sequence: UInt32, isSYN: Bool) {
        self.base = sequence
        self.beganWithSYN = isSYN
    }

    /// Offset of the furthest octet, end or acknowledgement that is known of.
    private var reach: UInt64 {
        max(self.delivered, self.acknowledged, self.end?.offset ?? 0, self.held.last?.offset ?? 0)
    }

    /// Whether the stream may have begun at `sequence`, before what was taken for its beginning, so that everything known of it
    /// still lies within the largest window (RFC 7323 section 2.2).
    func mayBegin(at sequence: UInt32) -> Bool {
        guard let base = self.base else { return true }
        guard !self.beganWithSYN, self.delivered == 0 else { return base == sequence }
        return UInt64(base &- sequence) + self.reach <= 1 << 30
    }

    /// A segment from before what was taken for the beginning, and nothing has been handed on yet.
    mutating func moveBase(to sequence: UInt32) {
        guard let base = self.base, !self.beganWithSYN, self.mayBegin(at: sequence) else { return }
        let earlier = UInt64(base &- sequence)
        self.base = sequence
        self.acknowledged += earlier
        self.held.shift(by: earlier)
        if let end = self.end { self.end?.offset = end.offset + earlier }
    }

    /// The offset of `sequence`, the one nearest to what comes next: sequence numbers wrap. Negative before the beginning.
    func offset(of sequence: UInt32) -> Int64 {
        guard let base = self.base else { return 0 }
        let next = base &+ UInt32(truncatingIfNeeded: self.delivered)
        return Int64(self.delivered) + Int64(Int32(bitPattern: sequence &- next))
    }

    /// Keeps a segment until its time comes.
    mutating func hold(_ segment: Held) {
        self.held.insert(segment)
        self.heldOctets += segment.cost
    }

    mutating func takeFirst() -> Held? {
        guard let segment = self.held.takeFirst() else { return nil }
        self.heldOctets -= segment.cost
        return segment
    }

    /// The first segment that is held waits for the other stream no further than this.
    mutating func relaxFirst(acknowledges: UInt64) {
        self.held.relaxFirst(acknowledges: acknowledges)
    }
}

/// The last octets of a stream, to compare retransmissions with.
struct RecentOctets: Sendable {
    private var octets: [UInt8] = []
    /// Offset behind the last octet.
    private var end: UInt64 = 0

    mutating func append(_ new: RawSpan, endingAt end: UInt64, limit: Int) {
        guard limit > 0 else { return }
        // What is kept has no holes: neither before `new` nor where only the end of a long one is kept.
        if end != self.end + UInt64(new.byteCount) || new.byteCount > limit {
            self.octets.removeAll(keepingCapacity: true)
        }
        self.end = end
        let count = min(new.byteCount, limit)
        if self.octets.count + count > 2 * limit {
            self.octets.removeFirst(self.octets.count - (limit - count))
        }
        new.extracting((new.byteCount - count)..<new.byteCount).withUnsafeBytes { self.octets.append(contentsOf: $0) }
    }

    mutating func forget() {
        self.octets = []
    }

    /// The first octet of `copy`, which begins at `offset`, that differs from what was there; nil when none is known to.
    func firstDifference(_ copy: RawSpan, at offset: UInt64) -> Int? {
        let begin = self.end - UInt64(self.octets.count)
        var index = offset < begin ? Int(begin - offset) : 0
        while index < copy.byteCount, offset + UInt64(index) < self.end {
            if self.octets[Int(offset + UInt64(index) - begin)] != copy[index] { return index }
            index += 1
        }
        return nil
    }
}
