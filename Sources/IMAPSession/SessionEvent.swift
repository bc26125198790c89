public import IMAPProtocol
public import IMAPWire
public import SASL
public import Traffic

/// The state of RFC 3501 section 3, and the two that frame it.
public enum SessionState: String, Sendable, Hashable {
    /// Before the greeting.
    case greeting
    case notAuthenticated = "not authenticated"
    case authenticated
    case selected
    case logout
}

/// What is known of a session when it begins.
public struct SessionDescription: Sendable, Hashable {
    public var connection: ConnectionID
    public var client: Endpoint
    public var server: Endpoint
    /// How each leg is carried: `cleartext`, `TLS`, `STARTTLS`.
    public var clientLeg: String
    public var upstreamLeg: String
    public var time: Timestamp

    public init(
        connection: ConnectionID,
        client: Endpoint,
        server: Endpoint,
        clientLeg: String,
        upstreamLeg: String,
        time: Timestamp
    ) {
        self.connection = connection
        self.client = client
        self.server = server
        self.clientLeg = clientLeg
        self.upstreamLeg = upstreamLeg
        self.time = time
    }
}

/// A point from which a stream speaks another language.
public struct TransportChange: Sendable, Hashable {
    public enum Layer: String, Sendable, Hashable {
        case tls = "TLS"
        case deflate = "DEFLATE"
        case saslLayer = "SASL security layer"
        /// TLS that began without STARTTLS: a ClientHello on a cleartext port.
        case unexpectedTLS = "TLS on a cleartext port"
        /// Octets that cannot be attributed; framing waits for a plausible message.
        case desynchronised
    }

    /// What becomes of a compressed stream.
    public enum Handling: String, Sendable, Hashable {
        /// A copy is inflated and read, whatever happens to the octets themselves.
        case inflated
        /// The compressed octets are relayed untouched; a copy is inflated and read.
        case relayed
        /// Compression ends at imapscope on both legs: inflated, edited, deflated again.
        case terminated
        /// It cannot be inflated.
        case unread
    }

    public var layer: Layer
    /// Offset of the first octet in the new language, each in its direction's stream.
    public var clientOffset: UInt64
    public var serverOffset: UInt64
    /// For DEFLATE.
    public var handling: Handling?
    public var time: Timestamp

    public init(
        layer: Layer,
        clientOffset: UInt64,
        serverOffset: UInt64,
        handling: Handling? = nil,
        time: Timestamp
    ) {
        self.layer = layer
        self.clientOffset = clientOffset
        self.serverOffset = serverOffset
        self.handling = handling
        self.time = time
    }
}

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
    public var exchange: Int
    public var time: Timestamp

    public init(
        mechanism: String,
        user: String?,
        authorizationIdentity: String?,
        status: Status?,
        cancelled: Bool,
        verdict: Verdict?,
        exchange: Int,
        time: Timestamp
    ) {
        self.mechanism = mechanism
        self.user = user
        self.authorizationIdentity = authorizationIdentity
        self.status = status
        self.cancelled = cancelled
        self.verdict = verdict
        self.exchange = exchange
        self.time = time
    }
}

/// How a direction of the connection ended.
public enum Closing: String, Sendable, Hashable {
    /// FIN.
    case closed
    /// RST or another error of the socket.
    case reset
    /// The program is stopping.
    case interrupted
}

/// An edit of the proxy: what was received and what was sent instead.
public struct Edit: Sendable, Hashable {
    public var direction: Direction
    /// Offset in the received stream.
    public var offset: UInt64
    /// Why: the option or the rule.
    public var cause: String
    /// Never holds a secret: only capability lists and lines of imapscope's own are edited here.
    public var before: String
    public var after: String
    public var time: Timestamp

    public init(direction: Direction, offset: UInt64, cause: String, before: String, after: String, time: Timestamp) {
        self.direction = direction
        self.offset = offset
        self.cause = cause
        self.before = before
        self.after = after
        self.time = time
    }
}

/// Totals of a session.
public struct SessionSummary: Sendable, Hashable {
    public var connection: ConnectionID
    public var began: Timestamp
    public var ended: Timestamp
    public var user: String?
    public var state: SessionState
    public var clientOctets: UInt64
    public var serverOctets: UInt64
    public var clientMessages: Int
    public var serverMessages: Int
    public var exchanges: Int
    public var findings: Int
    /// Nil when the session was never compressed.
    public var compression: CompressionTotals?

    public init(
        connection: ConnectionID,
        began: Timestamp,
        ended: Timestamp,
        user: String?,
        state: SessionState,
        clientOctets: UInt64,
        serverOctets: UInt64,
        clientMessages: Int,
        serverMessages: Int,
        exchanges: Int,
        findings: Int,
        compression: CompressionTotals? = nil
    ) {
        self.connection = connection
        self.began = began
        self.ended = ended
        self.user = user
        self.state = state
        self.clientOctets = clientOctets
        self.serverOctets = serverOctets
        self.clientMessages = clientMessages
        self.serverMessages = serverMessages
        self.exchanges = exchanges
        self.findings = findings
        self.compression = compression
    }
}

/// Everything a session says beside its messages. Text in it comes from the wire and is not escaped yet.
public enum SessionEvent: Sendable {
    case began(SessionDescription)
    case exchangeBegan(Exchange)
    /// Completed by a tagged response, or (without status) by the end of the connection.
    case exchangeEnded(Exchange)
    case authentication(AuthenticationOutcome)
    case stateChanged(from: SessionState, to: SessionState, mailbox: String?, time: Timestamp)
    case transportChange(TransportChange)
    /// TLS that ends at imapscope: the streams stay readable.
    case tls(TLSChange)
    /// A finding that belongs to no message.
    case finding(Finding, time: Timestamp)
    case edit(Edit)
    /// Octets in a language that is not read.
    case opaque(direction: Direction, octets: Int, time: Timestamp)
    case closed(Direction, Closing, time: Timestamp)
    case ended(SessionSummary)
}

/// A piece of a literal that is too long for the message's text, as it passes.
public struct LiteralPiece: Sendable {
    public var direction: Direction
    public var time: Timestamp
    /// Offset of the message it belongs to.
    public var messageOffset: UInt64
    public var literal: LiteralRecord
    /// How many octets of the literal came before this piece.
    public var position: UInt64
    public var isLast: Bool

    public init(
        direction: Direction,
        time: Timestamp,
        messageOffset: UInt64,
        literal: LiteralRecord,
        position: UInt64,
        isLast: Bool
    ) {
        self.direction = direction
        self.time = time
        self.messageOffset = messageOffset
        self.literal = literal
        self.position = position
        self.isLast = isLast
    }
}

/// Who receives what a session says, secrets included: the masking stage, and tests.
public protocol SessionObserver: AnyObject {
    /// A complete message. `text` is valid during the call only.
    func message(_ message: Message, text: RawSpan, secrets: [Secret])
    /// A command waits for the server to accept a literal: what there is of it, the announcement last. The complete
    /// message follows, with the same offset, unless the connection ends first.
    func announced(_ message: Message, text: RawSpan)
    /// Octets of a long literal of message data, while it passes and before its message is complete.
    func literal(_ piece: LiteralPiece, octets: RawSpan)
    func event(_ event: SessionEvent)
}
