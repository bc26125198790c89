/// A first-in first-out queue of octets that gives its storage back when it runs empty.
///
/// Invariant: `0 <= start <= storage.count`.
public struct ByteQueue: Sendable {
    private var storage: [UInt8] = []
    private var start = 0

    public init() {}

    public var count: Int { self.storage.count - self.start }
    public var isEmpty: Bool { self.count == 0 }

    public mutating func append(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { self.storage.append(contentsOf: $0) }
    }

    public mutating func append(_ bytes: some Sequence<UInt8>) {
        self.storage.append(contentsOf: bytes)
    }

    /// Drops the first `amount` octets.
    public mutating func consume(_ amount: Int) {
        precondition(amount <= self.count, "consume(_:) past the end of the queue")
        self.start += amount
        if self.start == self.storage.count {
            // A connection that idles must not keep the buffer of its busiest moment.
            if self.storage.capacity > 4096 { self.storage = [] } else { self.storage.removeAll(keepingCapacity: true) }
            self.start = 0
        } else if self.start > 65_536, self.start * 2 > self.storage.count {
            self.storage.removeFirst(self.start)
            self.start = 0
        }
    }

    public mutating func removeAll() {
        self.storage = []
        self.start = 0
    }

    /// Hands out and forgets everything.
    public mutating func takeAll() -> [UInt8] {
        defer { self.removeAll() }
        return self.start == 0 ? self.storage : Array(self.storage[self.start...])
    }

    /// Calls `body` with the octets, oldest first.
    public func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
        body(self.storage.span.bytes.extracting(self.start..<self.storage.count))
    }
}
