public import IMAPProtocol
public import SASL
public import Traffic

/// How an authentication ended.
public struct AuthenticationOutcome: Sendable, Hashable {
    /// The SASL mechanism, or `LOGIN command`.
    public var mechanism: String
    public var user: String?
    public var authorizationIdentity: String?
    /// OK, NO, BAD; nil when the connection ended first.
    public var status: Status?
    public var cancelled: Bool
    /// What the given passwords say: `verified`, or a sentence; nil when none were given.
    public var verdict: Verdict?
    /// The same of the proof that the server gives of itself (SCRAM, DIGEST-MD5); nil where the mechanism has none.
    public var serverVerdict: Verdict?
    /// A keyed hash of the password or token that was sent as it is, to recognise it in other sessions: ``SessionOptions/secretMarker``.
    /// Never shown.
    public var secretMark: String?
    /// What the client is bound to, in mechanisms with channel binding.
    public var binding: BindingVerdict?
    /// The verdicts are being computed; ``settle()`` puts them in their place. Whoever is told of an outcome gets it settled.
    public internal(set) var deferred: DeferredVerdicts?
    public var exchange: Int
    public var time: Timestamp

    public init(
        mechanism: String,
        user: String?,
        authorizationIdentity: String?,
        status: Status?,
        cancelled: Bool,
        verdict: Verdict?,
        serverVerdict: Verdict? = nil,
        secretMark: String? = nil,
        exchange: Int,
        time: Timestamp
    ) {
        self.mechanism = mechanism
        self.user = user
        self.authorizationIdentity = authorizationIdentity
        self.status = status
        self.cancelled = cancelled
        self.verdict = verdict
        self.serverVerdict = serverVerdict
        self.secretMark = secretMark
        self.exchange = exchange
        self.time = time
    }
}
