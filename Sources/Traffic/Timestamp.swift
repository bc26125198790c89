/// A point in time: nanoseconds since 1970-01-01T00:00:00Z. The core never reads a clock; times come in with the octets.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Nanoseconds since the Unix epoch, UTC.
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    public init(seconds: Int64, nanoseconds: Int64 = 0) {
        self.nanoseconds = seconds &* 1_000_000_000 &+ nanoseconds
    }

    public static let zero = Timestamp(nanoseconds: 0)

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// Nanoseconds from `earlier` to this point; negative when `earlier` is later.
    public func since(_ earlier: Timestamp) -> Int64 {
        self.nanoseconds &- earlier.nanoseconds
    }

    public func advanced(byNanoseconds amount: Int64) -> Timestamp {
        Timestamp(nanoseconds: self.nanoseconds &+ amount)
    }
}
