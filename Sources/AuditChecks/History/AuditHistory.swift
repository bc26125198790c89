import Synchronization

/// What outlives a session: values that must not be seen twice, attempts by user and peer, what servers offered before.
/// Bounded; the oldest goes first.
///
/// One per run; audits of several threads share it.
public final class AuditHistory: Sendable {
    private struct Noted {
        var values: [Key: UInt64] = [:]
        var order: [Key] = []
        var oldest = 0
    }

    struct Key: Hashable {
        var kind: String
        var value: String
    }

    private let noted = Mutex(Noted())
    private let limit: Int
    private let known: Mutex<CapabilityBaselines>

    /// - Parameter baselines: what servers offered in earlier runs.
    public init(limit: Int = 100_000, baselines: CapabilityBaselines = CapabilityBaselines()) {
        self.limit = limit
        self.known = Mutex(baselines)
    }

    /// What was given at the beginning, and what servers have offered since.
    public var baselines: CapabilityBaselines { self.known.withLock { $0 } }

    /// Adds a list to what is known of a server.
    ///
    /// - Returns: the words that were known before; empty for a server that is new.
    func learn(_ offer: CapabilityOffer, of server: String) -> Set<String> {
        self.known.withLock { $0.learn(offer, of: server) }
    }

    /// The number that was noted first.
    public func first(_ kind: String, _ value: String) -> UInt64? {
        self.noted.withLock { $0.values[Key(kind: kind, value: value)] }
    }

    /// Notes a value in the session with this number.
    ///
    /// - Returns: the number of the session that showed it first; nil when it is new.
    public func note(_ kind: String, _ value: String, session: UInt64) -> UInt64? {
        let key = Key(kind: kind, value: value)
        return self.noted.withLock { noted in
            if let first = noted.values[key] { return first }
            self.add(key, session, to: &noted)
            return nil
        }
    }

    /// Counts one more of a kind and value. What is not among the newest values is forgotten.
    ///
    /// - Returns: how many there were, this one included.
    func count(_ kind: String, _ value: String) -> Int {
        Int(clamping: self.change("\(kind)-count", value) { $0 + 1 })
    }

    /// The highest of all numbers of a kind and value, this one included.
    func highest(_ kind: String, _ value: String, _ number: Int64) -> Int64 {
        Int64(clamping: self.change("\(kind)-highest", value) { max($0, UInt64(max(0, number))) })
    }

    /// How many different members a value has shown, this one included.
    func distinct(_ kind: String, _ value: String, _ member: String) -> Int {
        if self.note("\(kind)-member", "\(value)\u{0}\(member)", session: 1) != nil {
            return Int(clamping: self.first("\(kind)-count", value) ?? 0)
        }
        return self.count(kind, value)
    }

    private func change(_ kind: String, _ value: String, _ change: (UInt64) -> UInt64) -> UInt64 {
        let key = Key(kind: kind, value: value)
        return self.noted.withLock { noted in
            let number = change(noted.values[key] ?? 0)
            if noted.values[key] == nil { self.add(key, number, to: &noted) } else { noted.values[key] = number }
            return number
        }
    }

    private func add(_ key: Key, _ number: UInt64, to noted: inout Noted) {
        noted.values[key] = number
        noted.order.append(key)
        guard noted.order.count - noted.oldest > self.limit else { return }
        noted.values[noted.order[noted.oldest]] = nil
        noted.oldest += 1
        if noted.oldest > self.limit {
            noted.order.removeFirst(noted.oldest)
            noted.oldest = 0
        }
    }
}
