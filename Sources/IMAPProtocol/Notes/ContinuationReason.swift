/// What the client waits for when a continuation request arrives (RFC 3501 section 7.5).
public enum ContinuationReason: Sendable, Hashable {
    /// Permission to send a literal of this size.
    case literal(size: UInt64)
    /// The start of IDLE (RFC 2177).
    case idle
    /// The next challenge of a SASL exchange.
    case sasl
    case nothing
}
