/// What a test does next. Each step but the last holds what follows from its outcome: a test is a state machine without
/// sockets, and can be played as a transcript.
public indirect enum ProbeStep: Sendable {
    /// A new connection in place of the one before. With an offer TLS begins before the greeting.
    case open(TLSOffer?, then: @Sendable (ProbeOpening) -> ProbeStep)
    /// All octets in one write. Then waits for the response with this tag.
    case send([UInt8], awaiting: String, then: @Sendable (ProbeAnswer) -> ProbeStep)
    /// Begins TLS on the open connection. `behind` are octets that came in cleartext before it, which nobody may use.
    case handshake(TLSOffer, then: @Sendable (HandshakeOutcome, _ behind: [UInt8]) -> ProbeStep)
    /// One LOGIN; nil: it was not sent, since it could fail and too many have.
    case login(LoginAttempt, then: @Sendable (ProbeAnswer?) -> ProbeStep)
    case done(ProbeVerdict)

    /// A command line; the tag is its first word.
    static func command(_ line: String, then: @escaping @Sendable (ProbeAnswer) -> ProbeStep) -> ProbeStep {
        .send(Array("\(line)\r\n".utf8), awaiting: String(line.prefix { $0 != " " }), then: then)
    }
}

/// What became of opening a connection.
public struct ProbeOpening: Sendable, Hashable {
    /// Nil where TLS was not asked for.
    public var tls: HandshakeOutcome?
    public var greeting: ProbeAnswer
    /// Why there is no connection at all.
    public var failure: String?

    public init(tls: HandshakeOutcome? = nil, greeting: ProbeAnswer, failure: String? = nil) {
        self.tls = tls
        self.greeting = greeting
        self.failure = failure
    }
}
