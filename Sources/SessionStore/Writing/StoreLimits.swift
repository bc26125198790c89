/// When the oldest sessions of a store are removed.
public struct StoreLimits: Sendable, Hashable {
    /// Octets of the file; nil: no limit.
    public var size: UInt64?
    /// Nanoseconds since a session ended; nil: no limit.
    public var age: Int64?

    public init(size: UInt64? = nil, age: Int64? = nil) {
        self.size = size
        self.age = age
    }

    var isNone: Bool { self.size == nil && self.age == nil }
}
