import RuleEngine
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
    /// What happens to octets not passed on, in order.
    var steps: [FlowStep] = []
    /// Where a message began whose octets are thrown away while it comes; nil when there is none.
    var droppedFrom: UInt64?
    /// Where the last message began that no rule gets to see whole.
    var passesFrom: UInt64?
    /// The first step waits for something, and everything behind it, too.
    private(set) var isBlocked = false
    /// The message that is leaving slowly.
    var delivery: PacedDelivery?
    /// The receiver hears nothing more: whatever comes is thrown away.
    var isCut = false
    /// The sender has closed its stream, behind what waits here.
    var hasEnded = false

    /// Whether the message that comes in is being thrown away.
    var isDropping: Bool { self.droppedFrom == self.messageEnd }

    /// Whether nothing waits, and nothing is thrown away.
    var isAtRest: Bool { self.isClear && !self.isDropping }

    /// Whether everything that came has left.
    var isClear: Bool {
        self.passed == self.seen && self.steps.isEmpty && self.delivery == nil && !self.isCut
    }

    /// Whether something other than the sender keeps octets back.
    var isWaiting: Bool { self.isBlocked || self.delivery != nil }

    /// The command whose literal the server has to ask for before anything else leaves; 0 for none.
    var awaitedExchange: Int {
        guard self.isBlocked, let step = self.steps.first, case .awaitContinuation = step.kind else { return 0 }
        return step.exchange
    }

    /// The question that a person has to answer before anything else leaves.
    var awaitedDecision: Int? {
        guard self.isBlocked, let step = self.steps.first, case .awaitDecision(let number) = step.kind else {
            return nil
        }
        return number
    }

    /// Throws away what is held: the message it begins goes nowhere, and may be too long to keep.
    mutating func drop() {
        self.droppedFrom = self.messageEnd
        self.held.removeAll()
        self.passed = self.seen
    }

    /// Goes on at `offset`, with nothing held.
    mutating func restart(at offset: UInt64) {
        self.held.removeAll()
        self.steps = []
        self.seen = offset
        self.passed = offset
        self.messageEnd = offset
        self.droppedFrom = nil
        self.isBlocked = false
    }

    /// Whether the stream stands between two messages.
    var isAtBoundary: Bool { self.messageEnd == self.seen }

    /// The octets of `range`, in `chunk` or across what is held; nil when they have begun to be passed on.
    func octets(_ range: Range<UInt64>, of chunk: RawSpan) -> [UInt8]? {
        guard self.passed <= range.lowerBound, range.upperBound <= self.seen else { return nil }
        let chunkStart = self.seen - UInt64(chunk.byteCount)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(range.count)
        if range.lowerBound < chunkStart {
            self.held.withBytes { held in
                let end = min(range.upperBound, chunkStart)
                held.extracting(Int(range.lowerBound - self.passed)..<Int(end - self.passed))
                    .withUnsafeBytes { bytes.append(contentsOf: $0) }
            }
        }
        if range.upperBound > chunkStart {
            chunk.extracting(Int(max(range.lowerBound, chunkStart) - chunkStart)..<Int(range.upperBound - chunkStart))
                .withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// The octets from `messageEnd` on, in `chunk` or across what is held; nil when they have begun to be passed on.
    func withTail<Result>(of chunk: RawSpan, _ body: (RawSpan) -> Result) -> Result? {
        guard self.passed <= self.messageEnd, self.messageEnd <= self.seen else { return nil }
        let chunkStart = self.seen - UInt64(chunk.byteCount)
        if self.messageEnd >= chunkStart {
            return body(chunk.extracting(Int(self.messageEnd - chunkStart)..<chunk.byteCount))
        }
        return self.octets(self.messageEnd..<self.seen, of: chunk).map { body($0.span.bytes) }
    }

    // MARK: - Passing on

    /// Passes everything up to `end` on, as the steps say, and keeps the rest of `chunk`.
    mutating func pass(upTo end: UInt64, of chunk: RawSpan, _ direction: Direction, perform: (ProxyAction) -> Void) {
        let chunkStart = self.seen - UInt64(chunk.byteCount)
        self.isBlocked = false
        while !self.isBlocked, let step = self.steps.first, step.range.lowerBound <= end {
            guard self.take(step, upTo: end, chunk, direction, perform) else { break }
        }
        if !self.isBlocked, self.steps.first.map({ $0.range.lowerBound >= end }) ?? true {
            self.forward(upTo: end, chunk, direction, perform)
        }
        let kept = Int(max(self.passed, chunkStart) - chunkStart)..<chunk.byteCount
        if !kept.isEmpty {
            self.held.append(chunk.extracting(kept))
            perform(.hold(direction, kept))
        }
    }

    /// Carries the first step out. Returns whether the next one has its turn.
    private mutating func take(
        _ step: FlowStep,
        upTo end: UInt64,
        _ chunk: RawSpan,
        _ direction: Direction,
        _ perform: (ProxyAction) -> Void
    ) -> Bool {
        guard step.range.upperBound <= end || step.streams else { return false }
        self.forward(upTo: step.range.lowerBound, chunk, direction, perform)
        let stop = min(step.range.upperBound, end)
        switch step.kind {
        case .awaitDecision, .awaitContinuation:
            self.isBlocked = true
            return false
        case .beginDelivery(let delivery):
            self.delivery = PacedDelivery(delivery)
        case .endDelivery:
            self.delivery?.complete()
            guard self.delivery == nil else {
                self.isBlocked = true
                return false
            }
        case .replace(let octets):
            self.replace(upTo: stop, with: octets, chunk, direction, perform)
        case .fill(let octet):
            let count = Int(stop - min(self.passed, stop))
            self.replace(upTo: stop, with: Array(repeating: octet, count: count), chunk, direction, perform)
        }
        guard stop < step.range.upperBound else {
            self.steps.removeFirst()
            return true
        }
        // The rest of the stretch has not come.
        self.steps[0].range = stop..<step.range.upperBound
        if case .replace = step.kind { self.steps[0].kind = .replace([]) }
        return false
    }

    private mutating func forward(
        upTo end: UInt64,
        _ chunk: RawSpan,
        _ direction: Direction,
        _ perform: (ProxyAction) -> Void
    ) {
        let chunkStart = self.seen - UInt64(chunk.byteCount)
        if self.passed < min(end, chunkStart) {
            let octets = self.takeHeld(upTo: min(end, chunkStart))
            self.send(octets, isOwn: false, direction, perform)
        }
        guard self.passed < end else { return }
        let range = Int(self.passed - chunkStart)..<Int(end - chunkStart)
        self.passed = end
        if self.isCut {
            perform(.replace(direction, range, with: []))
        } else if self.delivery != nil {
            self.delivery?.append(chunk.extracting(range))
            perform(.hold(direction, range))
        } else {
            perform(.forward(direction, range))
        }
    }

    private mutating func replace(
        upTo end: UInt64,
        with octets: [UInt8],
        _ chunk: RawSpan,
        _ direction: Direction,
        _ perform: (ProxyAction) -> Void
    ) {
        let chunkStart = self.seen - UInt64(chunk.byteCount)
        if self.passed < min(end, chunkStart) { _ = self.takeHeld(upTo: min(end, chunkStart)) }
        guard self.passed < end else { return self.send(octets, isOwn: true, direction, perform) }
        let range = Int(self.passed - chunkStart)..<Int(end - chunkStart)
        self.passed = end
        guard !self.isCut, self.delivery == nil else {
            perform(.replace(direction, range, with: []))
            return self.send(octets, isOwn: true, direction, perform)
        }
        perform(.replace(direction, range, with: octets))
    }

    /// Octets that the shell has not got any more, or never had.
    private mutating func send(
        _ octets: [UInt8],
        isOwn: Bool,
        _ direction: Direction,
        _ perform: (ProxyAction) -> Void
    ) {
        guard !octets.isEmpty, !self.isCut else { return }
        if self.delivery != nil {
            self.delivery?.append(octets)
        } else {
            perform(isOwn ? .inject(direction, octets) : .release(direction, octets))
        }
    }

    private mutating func takeHeld(upTo end: UInt64) -> [UInt8] {
        let count = Int(end - self.passed)
        let octets = self.held.withBytes { $0.extracting(0..<count).withUnsafeBytes { Array($0) } }
        self.held.consume(count)
        self.passed = end
        return octets
    }

    // MARK: - Steps

    mutating func append(_ steps: [FlowStep]) {
        guard !self.isCut else { return }
        self.steps += steps
    }

    /// Puts steps in front of all others.
    mutating func prepend(_ steps: [FlowStep]) { self.steps.insert(contentsOf: steps, at: 0) }

    // MARK: - Waiting

    /// What the first step waited for has come, or will not.
    mutating func unblock() {
        guard self.isBlocked else { return }
        self.steps.removeFirst()
        self.isBlocked = false
    }

    /// A command ends before all of it has left: the rest of it goes nowhere.
    mutating func abandon(_ exchange: Int) {
        self.steps.removeAll { $0.exchange == exchange }
        self.isBlocked = false
    }

    /// Nothing waits any more, whatever the rules ask for.
    mutating func hurry(_ direction: Direction, perform: (ProxyAction) -> Void) {
        if var delivery = self.delivery {
            self.delivery = nil
            let octets = delivery.takeAll()
            if !octets.isEmpty { perform(.release(direction, octets)) }
        }
        self.isBlocked = false
        self.steps.removeAll {
            switch $0.kind {
            case .replace, .fill: false
            case .awaitDecision, .awaitContinuation, .beginDelivery, .endDelivery: true
            }
        }
    }

    /// The receiver hears nothing more.
    mutating func cut() {
        self.delivery = nil
        self.isBlocked = false
        self.isCut = true
        self.steps = []
    }
}
