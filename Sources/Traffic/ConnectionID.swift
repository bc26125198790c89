/// The number of a connection, counted from 1 in the order in which connections were first seen.
public struct ConnectionID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var number: UInt64

    public init(_ number: UInt64) {
        self.number = number
    }

    public static func < (left: ConnectionID, right: ConnectionID) -> Bool {
        left.number < right.number
    }

    public var description: String { "#\(self.number)" }
}
