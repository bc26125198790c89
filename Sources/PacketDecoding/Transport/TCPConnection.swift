public import Traffic

/// Puts the two streams of a connection together from segments in any order.
///
/// A segment is handed on when its own stream has come that far, and when the other stream has come as far as the sender had
/// received it: acknowledgements order the directions, not the stamps of the packets, which several capture queues mix up.
/// What does not come within the limits is told as a gap.
public struct TCPConnection: Sendable, ~Copyable {
    public let limits: ReassemblyLimits
    var first = TCPStream()
    var second = TCPStream()
    /// Packets of both sides.
    private(set) var packets = 0
    var lastTime = Timestamp.zero
    /// A side of which nothing is in the capture: its octets are not waited for.
    private var absent: TCPSide?
    /// Whether the end of each stream is kept, so that retransmissions can be compared.
    public var keepsHistory = true

    public init(limits: ReassemblyLimits = .standard) {
        self.limits = limits
    }

    subscript(side: TCPSide) -> TCPStream {
        _read {
            if side == .first { yield self.first } else { yield self.second }
        }
        _modify {
            if side == .first { yield &self.first } else { yield &self.second }
        }
    }

    /// What waits for others, as octets of memory.
    public var heldOctets: Int { self.first.heldOctets + self.second.heldOctets }

    /// Whether both sides have ended, or one has reset the connection.
    public var isClosed: Bool {
        (self.first.hasEnded && self.second.hasEnded) || self.wasReset
    }

    private var wasReset: Bool {
        (self.first.hasEnded && self.first.end?.kind == .reset)
            || (self.second.hasEnded && self.second.end?.kind == .reset)
    }

    /// Whether the beginning of the connection is in the capture.
    public var hasBeginning: Bool { self.first.beganWithSYN || self.second.beganWithSYN }

    /// Whether `segment` begins another connection between the same two ends.
    public func isReuse(_ segment: TCPSegment, from side: TCPSide) -> Bool {
        guard segment.flags.contains(.syn), let base = self[side].base else { return false }
        let sequence = segment.sequence &+ 1
        guard sequence != base else { return false }
        // A SYN behind what was seen, or far before it, is none of that stream.
        return self[side].hasEnded || !self[side].mayBegin(at: sequence)
    }

    // MARK: - Segments

    /// Takes a segment of `side`.
    ///
    /// - Parameter payload: its octets as far as they were captured.
    public mutating func receive(
        _ segment: TCPSegment,
        payload: RawSpan,
        from side: TCPSide,
        at time: Timestamp,
        _ observer: inout some TCPObserver
    ) {
        self.packets += 1
        self.lastTime = max(self.lastTime, time)
        self[side].packets += 1
        if self.absent == side { self.absent = nil }
        self.locate(segment, side)
        let acknowledges = self.acknowledge(segment, side)
        guard !self[side].hasEnded || !segment.flags.contains(.rst) else { return }
        let sequence = segment.flags.contains(.syn) ? segment.sequence &+ 1 : segment.sequence
        let offset = self[side].offset(of: sequence)
        // Nobody sends beyond the largest window (RFC 7323 section 2.2): what lies there belongs to nothing known.
        guard abs(offset - Int64(self[side].delivered)) <= 1 << 30 else { return }
        if offset >= 0 { self.noteEnd(segment, at: UInt64(offset), acknowledges, side) }
        if segment.length > 0, !self.isKeepAlive(segment, offset, side) {
            self.take(segment, payload, at: offset, acknowledges, side, time, &observer)
        }
        self.advance(&observer)
    }

    /// Learns where the streams begin.
    private mutating func locate(_ segment: TCPSegment, _ side: TCPSide) {
        if segment.flags.contains(.syn) {
            let sequence = segment.sequence &+ 1
            if !self[side].beganWithSYN, self[side].delivered == 0, self[side].mayBegin(at: sequence) {
                self[side].moveBase(to: sequence)
                self[side].begin(at: sequence, isSYN: true)
            }
        } else if self[side].base == nil {
            guard !segment.flags.contains(.rst) else { return }
            self[side].begin(at: segment.sequence, isSYN: false)
        } else if segment.length > 0, self[side].offset(of: segment.sequence) < 0, self[side].delivered == 0,
            segment.length > 1 || self[side].offset(of: segment.sequence) != -1
        {
            self[side].moveBase(to: segment.sequence)
        }
    }

    /// Learns what `side` has received of the other stream, and returns it.
    private mutating func acknowledge(_ segment: TCPSegment, _ side: TCPSide) -> UInt64 {
        guard segment.flags.contains(.ack) else { return 0 }
        let other = side.opposite
        if self[other].base == nil {
            guard !segment.flags.contains(.rst) else { return 0 }
            self[other].begin(at: segment.acknowledgement, isSYN: false)
        }
        let offset = self[other].offset(of: segment.acknowledgement)
        guard offset > 0, offset - Int64(self[other].delivered) <= 1 << 30 else { return 0 }
        // The acknowledgement of a FIN counts one more than there are octets.
        let octets = min(UInt64(offset), self[other].end?.offset ?? UInt64(offset))
        self[other].acknowledged = max(self[other].acknowledged, octets)
        return UInt64(offset)
    }

    private mutating func noteEnd(_ segment: TCPSegment, at offset: UInt64, _ acknowledges: UInt64, _ side: TCPSide) {
        guard self[side].end == nil else { return }
        if segment.flags.contains(.rst) {
            self[side].end = (max(offset, self[side].delivered), .reset, acknowledges)
        } else if segment.flags.contains(.fin) {
            self[side].end = (offset + UInt64(segment.length), .finished, acknowledges)
        }
        // An acknowledgement that came before its FIN counted the FIN.
        if let end = self[side].end, self[side].acknowledged == end.offset + 1 {
            self[side].acknowledged = end.offset
        }
    }

    /// RFC 9293 section 3.8.4: the octet before the next, which may hold anything.
    private func isKeepAlive(_ segment: TCPSegment, _ offset: Int64, _ side: TCPSide) -> Bool {
        segment.length == 1 && offset + 1 == Int64(self[side].delivered) && self[side].held.isEmpty
    }

    private mutating func take(
        _ segment: TCPSegment,
        _ payload: RawSpan,
        at offset: Int64,
        _ acknowledges: UInt64,
        _ side: TCPSide,
        _ time: Timestamp,
        _ observer: inout some TCPObserver
    ) {
        // A reset carries a reason at most, never a part of the stream (RFC 9293 section 3.5.2).
        guard !segment.flags.contains(.rst), !self[side].hasEnded else { return }
        let delivered = Int64(self[side].delivered)
        let end = offset + Int64(segment.length)
        if offset < delivered {
            let known = min(Int(delivered - offset), payload.byteCount)
            if offset >= 0 {
                self.compare(payload.extracting(0..<known), at: UInt64(offset), side, time, &observer)
            }
            guard end > delivered else { return }
        }
        let skipped = max(0, Int(delivered - offset))
        let from = UInt64(offset + Int64(skipped))
        let fresh = payload.extracting(min(skipped, payload.byteCount)..<payload.byteCount)
        let missing = Int(end - Int64(from)) - fresh.byteCount
        if from == self[side].delivered, self[side].held.isEmpty, missing == 0, self.mayPass(acknowledges, side) {
            self.hand(fresh, side, time, &observer)
        } else {
            self[side].hold(
                TCPStream.Held(
                    offset: from,
                    octets: fresh.withUnsafeBytes { Array($0) },
                    missing: missing,
                    acknowledges: acknowledges,
                    time: time,
                    packet: self.packets
                )
            )
        }
    }

    // MARK: - Handing on

    /// Whether the other stream has come as far as the sender of a segment had received it.
    private func mayPass(_ acknowledges: UInt64, _ side: TCPSide) -> Bool {
        let delivered = self[side.opposite].delivered
        if delivered >= acknowledges { return true }
        // A FIN counts as one octet where it is acknowledged, and as none here.
        guard let end = self[side.opposite].end, acknowledges > end.offset else { return false }
        return delivered >= end.offset
    }

    private mutating func hand(
        _ octets: RawSpan,
        _ side: TCPSide,
        _ time: Timestamp,
        _ observer: inout some TCPObserver
    ) {
        guard octets.byteCount > 0 else { return }
        self[side].delivered += UInt64(octets.byteCount)
        if self.keepsHistory {
            self[side].recent.append(octets, endingAt: self[side].delivered, limit: self.limits.history)
        }
        observer.data(octets, from: side, at: time)
    }

    private mutating func skip(_ count: UInt64, _ side: TCPSide, _ time: Timestamp, _ observer: inout some TCPObserver)
    {
        guard count > 0 else { return }
        self[side].delivered += count
        observer.gap(count, from: side, at: time)
    }

    private func compare(
        _ copy: RawSpan,
        at offset: UInt64,
        _ side: TCPSide,
        _ time: Timestamp,
        _ observer: inout some TCPObserver
    ) {
        guard let index = self[side].recent.firstDifference(copy, at: offset) else { return }
        observer.conflict(at: offset + UInt64(index), count: copy.byteCount - index, from: side, at: time)
    }

    /// Hands on everything whose time has come, and gives up what will not come.
    private mutating func advance(_ observer: inout some TCPObserver) {
        if self.first.held.isEmpty, self.second.held.isEmpty {
            self.tellEnds(&observer)
            return
        }
        self.drain(&observer)
        while self.mustGiveUp() {
            self.giveUp(&observer)
            self.drain(&observer)
        }
        self.tellEnds(&observer)
    }

    private mutating func drain(_ observer: inout some TCPObserver) {
        var progresses = true
        while progresses {
            progresses = false
            for side in TCPSide.allCases {
                while let segment = self[side].held.first, segment.offset <= self[side].delivered,
                    self.mayPass(segment.acknowledges, side)
                {
                    self.handFirst(side, &observer)
                    progresses = true
                }
            }
        }
    }

    private mutating func handFirst(_ side: TCPSide, _ observer: inout some TCPObserver) {
        guard let segment = self[side].takeFirst() else { return }
        let known = min(self[side].delivered - segment.offset, UInt64(segment.octets.count + segment.missing))
        let octets = segment.octets.span.bytes
        let old = min(Int(known), octets.byteCount)
        self.compare(octets.extracting(0..<old), at: segment.offset, side, segment.time, &observer)
        guard segment.end > self[side].delivered else { return }
        self.hand(octets.extracting(old..<octets.byteCount), side, segment.time, &observer)
        // A copy that was captured whole may wait behind one that was cut.
        if let next = self[side].held.first, next.offset <= self[side].delivered { return }
        self.skip(segment.end - self[side].delivered, side, segment.time, &observer)
    }

    /// Tells the ends that have been reached, each behind what its sender had received.
    private mutating func tellEnds(isLast: Bool = false, _ observer: inout some TCPObserver) {
        guard self.first.end != nil || self.second.end != nil else { return }
        while let side = self.sideThatMayEnd(isLast: false) ?? (isLast ? self.sideThatMayEnd(isLast: true) : nil) {
            self[side].hasEnded = true
            self[side].recent.forget()
            observer.ended(self[side].end?.kind ?? .finished, from: side, at: self.lastTime)
        }
    }

    private func sideThatMayEnd(isLast: Bool) -> TCPSide? {
        if self.mayEnd(.first, isLast: isLast) { return .first }
        return self.mayEnd(.second, isLast: isLast) ? .second : nil
    }

    private func mayEnd(_ side: TCPSide, isLast: Bool) -> Bool {
        guard let end = self[side].end, !self[side].hasEnded, self[side].delivered >= end.offset,
            self[side].held.isEmpty
        else { return false }
        if isLast || self.absent == side.opposite { return true }
        if self[side.opposite].delivered >= end.acknowledges { return true }
        return self[side.opposite].hasEnded && self.mayPass(end.acknowledges, side)
    }

    // MARK: - What does not come

    /// The side whose oldest segment has waited longest.
    private var oldestHeld: TCPSide? {
        switch (self.first.held.first, self.second.held.first) {
        case (nil, nil): nil
        case (_?, nil): .first
        case (nil, _?): .second
        case (let one?, let two?): one.packet <= two.packet ? .first : .second
        }
    }

    private func mustGiveUp() -> Bool {
        guard let side = self.oldestHeld, let segment = self[side].held.first else { return false }
        if self.heldOctets > self.limits.heldOctets { return true }
        let other = side.opposite
        let waitsForOther = !self.mayPass(segment.acknowledges, side)
        if waitsForOther, self.absent == other { return true }
        let isAcknowledged = waitsForOther || self[side].acknowledged >= segment.offset
        let waited = self.lastTime.since(segment.time)
        guard isAcknowledged else { return waited > self.limits.retransmissionTime }
        return self.packets - segment.packet >= self.limits.reorderPackets || waited > self.limits.reorderTime
    }

    /// Tells what the oldest segment waits for as a gap.
    private mutating func giveUp(_ observer: inout some TCPObserver) {
        guard let side = self.oldestHeld, let segment = self[side].held.first else { return }
        let other = side.opposite
        if !self.mayPass(segment.acknowledges, side) {
            if self[other].packets == 0 { self.absent = other }
            // What the other stream holds may itself be only a part of what is missing.
            let next = self[other].held.first?.offset ?? segment.acknowledges
            let end = min(segment.acknowledges, max(next, self[other].delivered))
            if end > self[other].delivered {
                self.skip(end - self[other].delivered, other, segment.time, &observer)
            } else {
                // Both wait for each other, which no honest pair of peers does: the older one goes.
                self[side].relaxFirst(acknowledges: self[other].delivered)
            }
        } else if segment.offset > self[side].delivered {
            self.skip(segment.offset - self[side].delivered, side, segment.time, &observer)
        }
    }

    /// Hands on what waits, with its gaps, and goes on.
    public mutating func release(_ observer: inout some TCPObserver) {
        while self.oldestHeld != nil {
            self.drain(&observer)
            self.giveUp(&observer)
        }
    }

    /// The capture has ended, or the connection is forgotten: hands on what waits, and what was acknowledged as a gap.
    public mutating func finish(_ observer: inout some TCPObserver) {
        self.release(&observer)
        for side in TCPSide.allCases where !self[side].hasEnded {
            var end = self[side].end?.offset ?? 0
            // One octet more than was seen is the FIN that the capture does not hold.
            if self[side].acknowledged > self[side].delivered + 1 { end = max(end, self[side].acknowledged) }
            if end > self[side].delivered {
                self.skip(end - self[side].delivered, side, self.lastTime, &observer)
            }
        }
        self.tellEnds(isLast: true, &observer)
    }
}
