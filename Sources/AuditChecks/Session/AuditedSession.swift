public import IMAPProtocol
public import IMAPSession
public import Traffic

/// What checks need to know of a session, collected once for all of them. Masked, like everything that checks see.
public final class AuditedSession {
    /// How far STARTTLS of the client came.
    public enum StartTLS: Sendable, Hashable {
        case none
        case asked
        case accepted
        /// NO or BAD.
        case refused(Status)
        /// Answered by something that is no answer.
        case unanswered
        case established
    }

    public let description: SessionDescription
    public internal(set) var state: SessionState = .greeting
    /// The TLS of the client's leg; in a capture, of the only one.
    public internal(set) var clientTLS: TLSFacts?
    /// The TLS of the server's leg; in a capture, of the only one.
    public internal(set) var serverTLS: TLSFacts?
    public internal(set) var startTLS = StartTLS.none
    public internal(set) var isCompressed = false
    /// A rule or a flow edit has changed something.
    public internal(set) var isEdited = false
    /// All lists, oldest first; at most ``offerLimit``, the first ones and the last.
    public internal(set) var offers: [CapabilityOffer] = []
    /// Finished attempts, oldest first; at most ``attemptLimit``.
    public internal(set) var attempts: [AuthenticationAttempt] = []
    public internal(set) var failures = 0
    /// The one in progress.
    public internal(set) var attempt: AuthenticationAttempt?
    public internal(set) var user: String?
    /// Extensions that ENABLE turned on, in capitals.
    public internal(set) var enabled: Set<String> = []
    public internal(set) var mailbox: String?
    /// The text of the greeting behind its status word, masked and cut; nil before it.
    public internal(set) var greeting: String?
    public internal(set) var greetingStatus: Status?
    public internal(set) var commands = 0
    public internal(set) var lastTime: Timestamp
    /// A part is missing: absence proves nothing.
    public internal(set) var isPartial = false

    static let offerLimit = 16
    static let attemptLimit = 64

    init(_ description: SessionDescription) {
        self.description = description
        self.lastTime = description.time
    }

    /// Whether there are two legs, because imapscope stood between them.
    public var isProxied: Bool { !self.description.upstreamLeg.isEmpty }

    public var clientIsSecure: Bool { self.clientTLS != nil }
    public var serverIsSecure: Bool { self.serverTLS != nil }
    /// Nobody is logged in.
    public var isEarly: Bool { self.state == .greeting || self.state == .notAuthenticated }

    /// What the server offered last.
    public var offer: CapabilityOffer? { self.offers.last }

    public func offered(_ word: String) -> Bool { self.offer?.contains(word) == true }

    /// Whether imapscope's own configuration leaves the client's leg in the clear while the server's is TLS.
    public var clearsClientLeg: Bool { self.isProxied && !self.clientIsSecure && self.serverIsSecure }

    /// The server as reports name it.
    public var server: String { self.description.server.description }
}
