public import Traffic

/// Who is told what a TLS connection carried.
public protocol TLSObserver: AnyObject {
    /// Octets of the application, in their order. Their time is that of the last octet of their record.
    func cleartext(_ octets: RawSpan, from direction: Direction, at time: Timestamp)

    /// Cleartext is missing here.
    func gap(_ gap: CleartextGap, from direction: Direction, at time: Timestamp)

    /// A handshake is over, or as far as it can be seen; also when more has become known of it.
    func handshake(_ facts: TLSHandshakeFacts, at time: Timestamp)

    func alert(_ alert: TLSAlert, from direction: Direction, at time: Timestamp)

    /// Something cannot be read; a reason is told once.
    func problem(_ problem: TLSProblem, from direction: Direction, at time: Timestamp)

    /// So many octets of records passed unread.
    func undecrypted(_ octets: Int, from direction: Direction, at time: Timestamp)
}
