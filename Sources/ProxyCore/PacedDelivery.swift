import RuleEngine
import Traffic

/// Octets of one message that leave as a ``Delivery`` says: late, in slices, at a rate, or not to the end.
struct PacedDelivery {
    enum Step: Equatable {
        /// These leave now, in one write.
        case send([UInt8])
        /// Nothing leaves for so many nanoseconds.
        case wait(Int64)
        /// Nothing is there to send, and more may come.
        case starve
        case stop(Delivery.End)
        case done
    }

    let delivery: Delivery
    private var queue = ByteQueue()
    /// The message is whole.
    private(set) var isComplete = false
    /// The octets of it that have left.
    private var sent = 0
    private var owesDelay: Bool
    /// Nanoseconds owed before the next write, or, at a rate, before the next message.
    private var owed: Int64 = 0
    /// A timer runs.
    var isWaiting = false

    init(_ delivery: Delivery) {
        self.delivery = delivery
        self.owesDelay = delivery.delay > 0
    }

    /// Whether its sender has to be read for it to go on.
    var isStarving: Bool { self.queue.isEmpty && !self.isComplete && !self.isWaiting }

    mutating func append(_ octets: RawSpan) { self.queue.append(octets) }
    mutating func append(_ octets: [UInt8]) { self.queue.append(octets) }
    mutating func complete() { self.isComplete = true }
    mutating func takeAll() -> [UInt8] { self.queue.takeAll() }

    mutating func next() -> Step {
        if self.owesDelay {
            self.owesDelay = false
            return .wait(self.delivery.delay)
        }
        if let stop = self.delivery.stop, self.sent >= stop.after { return .stop(stop.by) }
        // What a rate owes is paid behind the last octet, too: else short messages would have none.
        if self.owed > 0, !self.queue.isEmpty || self.delivery.rate != nil {
            defer { self.owed = 0 }
            return .wait(self.owed)
        }
        guard !self.queue.isEmpty else { return self.isComplete ? .done : .starve }
        var count = min(self.queue.count, self.delivery.slice ?? self.queue.count)
        if let rate = self.delivery.rate, self.delivery.slice == nil {
            // Twenty writes a second look like a slow line; fewer look like a faulty one.
            count = min(count, max(1, rate / 20))
        }
        if let stop = self.delivery.stop { count = min(count, stop.after - self.sent) }
        let octets = self.queue.withBytes { $0.extracting(0..<count).withUnsafeBytes { Array($0) } }
        self.queue.consume(count)
        self.sent += count
        self.owed = self.delivery.pause
        if let rate = self.delivery.rate, rate > 0 {
            let nanoseconds = Double(count) * 1e9 / Double(rate)
            self.owed = max(self.owed, nanoseconds < 9e18 ? Int64(nanoseconds) : .max)
        }
        return .send(octets)
    }
}
