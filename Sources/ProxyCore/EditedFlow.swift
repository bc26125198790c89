import Traffic

/// One direction of a connection on which edits are possible: what has been seen, passed on and kept.
///
/// Invariant: `passed + held.count == seen` between two inputs.
struct EditedFlow {
    /// Offset of the next octet that comes in.
    var seen: UInt64 = 0
    /// Offset of the first octet that has not been passed on.
    var passed: UInt64 = 0
    /// Where the last message that the session understood ends.
    var messageEnd: UInt64 = 0
    /// Octets seen and not passed on.
    var held = ByteQueue()
    /// Edits of octets not passed on, in order.
    var edits: [EditStage.PendingEdit] = []
    /// Where a message began whose octets are thrown away while it comes; nil when there is none.
    var droppedFrom: UInt64?

    /// Whether the message that comes in is being thrown away.
    var isDropping: Bool { self.droppedFrom == self.messageEnd }

    /// Whether nothing waits, and nothing is thrown away.
    var isAtRest: Bool { self.passed == self.seen && self.edits.isEmpty && !self.isDropping }

    /// Throws away what is held: the message it begins goes nowhere, and may be too long to keep.
    mutating func drop() {
        self.droppedFrom = self.messageEnd
        self.held.removeAll()
        self.passed = self.seen
    }

    /// Goes on at `offset`, with nothing held.
    mutating func restart(at offset: UInt64) {
        self.held.removeAll()
        self.edits = []
        self.seen = offset
        self.passed = offset
        self.messageEnd = offset
        self.droppedFrom = nil
    }

    /// Whether the stream stands between two messages.
    var isAtBoundary: Bool { self.messageEnd == self.seen }

    /// The octets from `messageEnd` on, in `chunk` or across what is held; nil when they have begun to be passed on.
    func withTail<Result>(of chunk: RawSpan, _ body: (RawSpan) -> Result) -> Result? {
        guard self.passed <= self.messageEnd, self.messageEnd <= self.seen else { return nil }
        let chunkStart = self.seen - UInt64(chunk.byteCount)
        if self.messageEnd >= chunkStart {
            return body(chunk.extracting(Int(self.messageEnd - chunkStart)..<chunk.byteCount))
        }
        var bytes: [UInt8] = []
        self.held.withBytes { held in
            held.extracting(Int(self.messageEnd - self.passed)..<held.byteCount)
                .withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
        return body(bytes.span.bytes)
    }

    /// Passes everything up to `end` on, edits applied, and keeps the rest of `chunk`.
    mutating func pass(upTo end: UInt64, of chunk: RawSpan, _ direction: Direction, perform: (ProxyAction) -> Void) {
        let chunkStart = self.seen - UInt64(chunk.byteCount)
        while let edit = self.edits.first, edit.range.upperBound <= end {
            self.edits.removeFirst()
            self.forward(upTo: edit.range.lowerBound, chunkStart, direction, perform)
            self.replace(edit, chunkStart, direction, perform)
        }
        self.forward(upTo: end, chunkStart, direction, perform)
        let kept = Int(max(end, chunkStart) - chunkStart)..<chunk.byteCount
        if !kept.isEmpty {
            self.held.append(chunk.extracting(kept))
            perform(.hold(direction, kept))
        }
    }

    private mutating func forward(
        upTo end: UInt64,
        _ chunkStart: UInt64,
        _ direction: Direction,
        _ perform: (ProxyAction) -> Void
    ) {
        if self.passed < min(end, chunkStart) {
            perform(.release(direction, self.takeHeld(upTo: min(end, chunkStart))))
        }
        if self.passed < end {
            perform(.forward(direction, Int(self.passed - chunkStart)..<Int(end - chunkStart)))
            self.passed = end
        }
    }

    private mutating func replace(
        _ edit: EditStage.PendingEdit,
        _ chunkStart: UInt64,
        _ direction: Direction,
        _ perform: (ProxyAction) -> Void
    ) {
        if self.passed < chunkStart { _ = self.takeHeld(upTo: min(edit.range.upperBound, chunkStart)) }
        if edit.range.upperBound > chunkStart {
            let range = Int(self.passed - chunkStart)..<Int(edit.range.upperBound - chunkStart)
            perform(.replace(direction, range, with: edit.octets))
        } else if !edit.octets.isEmpty {
            perform(.inject(direction, edit.octets))
        }
        self.passed = edit.range.upperBound
    }

    private mutating func takeHeld(upTo end: UInt64) -> [UInt8] {
        let count = Int(end - self.passed)
        let octets = self.held.withBytes { $0.extracting(0..<count).withUnsafeBytes { Array($0) } }
        self.held.consume(count)
        self.passed = end
        return octets
    }
}
