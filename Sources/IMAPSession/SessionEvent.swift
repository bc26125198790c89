public import Traffic

/// Everything a session says beside its messages. Text in it comes from the wire and is not escaped yet.
public enum SessionEvent: Sendable {
    case began(SessionDescription)
    case exchangeBegan(Exchange)
    /// Completed by a tagged response, or (without status) by the end of the connection.
    case exchangeEnded(Exchange)
    case authentication(AuthenticationOutcome)
    case stateChanged(from: SessionState, to: SessionState, mailbox: String?, time: Timestamp)
    case transportChange(TransportChange)
    /// TLS that ends at imapscope: the streams stay readable. Rare, and larger than all others: apart, so that these stay
    /// small.
    indirect case tls(TLSChange)
    /// A finding that belongs to no message.
    case finding(Finding, time: Timestamp)
    case edit(Edit)
    /// Octets in a language that is not read.
    case opaque(direction: Direction, octets: Int, time: Timestamp)
    /// Octets that the source does not have; `offset` is that of the first.
    case gap(direction: Direction, offset: UInt64, octets: UInt64, time: Timestamp)
    case closed(Direction, Closing, time: Timestamp)
    case ended(SessionSummary)
}
