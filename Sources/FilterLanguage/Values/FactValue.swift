/// One value of a field, handed to a comparison while it stands. Nothing in it is copied from the wire.
enum FactValue {
    /// Octets of the message.
    case octets(UnsafeRawBufferPointer)
    case text(String)
    /// Numbers, sizes, nanoseconds, the rank of a level.
    case number(Int64)
    /// All numbers from the first to the last: a member of a set of UIDs.
    case span(Int64, Int64)
    case boolean(Bool)
    case address(String, NumericAddress?)

    /// Calls `body` with the octets of a text; nil for values that are none.
    func withOctets<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        switch self {
        case .octets(let octets): return body(octets)
        case .text(var text), .address(var text, _): return text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
        case .number, .span, .boolean: return nil
        }
    }
}

/// Whether something holds, as far as that can be told yet.
public enum Truth: Sendable, Hashable {
    case no
    case unknown
    case yes

    init(_ holds: Bool) { self = holds ? .yes : .no }

    static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .no: .yes
        case .unknown: .unknown
        case .yes: .no
        }
    }
}

/// How much of a message is known when a filter is asked.
public enum Knowledge: UInt8, Sendable, Hashable, Comparable {
    /// What sort of message it is: direction, kind, command, response.
    case kind
    /// The message and its session, but none of its octets.
    case message
    /// All of it, masked.
    case text

    public static func < (left: Knowledge, right: Knowledge) -> Bool { left.rawValue < right.rawValue }
}
