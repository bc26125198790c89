/// What outlives a session: values that must not be seen twice, attempts by user and peer. Bounded; the oldest goes first.
///
/// One per audit, used on one thread at a time.
public final class AuditHistory {
    private var values: [Key: UInt64] = [:]
    private var order: [Key] = []
    private var oldest = 0
    private let limit: Int

    struct Key: Hashable {
        var kind: String
        var value: String
    }

    public init(limit: Int = 100_000) { self.limit = limit }

    /// The number of the session that showed a value first.
    public func first(_ kind: String, _ value: String) -> UInt64? { self.values[Key(kind: kind, value: value)] }

    /// Notes a value in the session with this number.
    ///
    /// - Returns: the number of the session that showed it first; nil when it is new.
    public func note(_ kind: String, _ value: String, session: UInt64) -> UInt64? {
        let key = Key(kind: kind, value: value)
        if let first = self.values[key] { return first }
        self.values[key] = session
        self.order.append(key)
        if self.order.count - self.oldest > self.limit {
            self.values[self.order[self.oldest]] = nil
            self.oldest += 1
            if self.oldest > self.limit {
                self.order.removeFirst(self.oldest)
                self.oldest = 0
            }
        }
        return nil
    }

    /// Puts another number in place of the one that is noted.
    func replace(_ kind: String, _ value: String, _ number: UInt64) {
        self.values[Key(kind: kind, value: value)] = number
    }
}
