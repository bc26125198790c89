/// The connection that a run plays its tests on.
public protocol ProbeTransport: AnyObject {
    /// Opens a connection, closing the one before. With an offer, TLS too.
    func open(_ offer: TLSOffer?) async -> ProbeConnected
    /// Hands octets to the connection and does not wait until the server reads them.
    func send(_ octets: [UInt8])
    /// The next octets, when they come before the deadline.
    func receive(before deadline: ContinuousClock.Instant) async -> ProbeInput
    func handshake(_ offer: TLSOffer) async -> HandshakeOutcome
    func close() async
}

public enum ProbeConnected: Sendable, Hashable {
    /// With TLS where it was asked for.
    case open(ProbeTLS?)
    /// No handshake.
    case noTLS(HandshakeOutcome)
    /// No connection; the reason in words.
    case failed(String)
}

public enum ProbeInput: Sendable, Hashable {
    case octets([UInt8])
    case closed
    case silent
}
