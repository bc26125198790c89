public import Traffic

/// An edit of the proxy: what was received and what was sent instead.
public struct Edit: Sendable, Hashable {
    public var direction: Direction
    /// Offset in the received stream.
    public var offset: UInt64
    /// Why: the option or the rule.
    public var cause: String
    /// Never holds a secret, and neither does `after`: whoever makes an edit masks what its message, or its rule, marks as one.
    public var before: String
    public var after: String
    public var time: Timestamp

    public init(direction: Direction, offset: UInt64, cause: String, before: String, after: String, time: Timestamp) {
        self.direction = direction
        self.offset = offset
        self.cause = cause
        self.before = before
        self.after = after
        self.time = time
    }
}
