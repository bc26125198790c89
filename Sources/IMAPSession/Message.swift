public import IMAPProtocol
public import IMAPWire
public import SASL
public import Traffic

/// One message of a session, as the sinks see it. Ranges are offsets into the message's text.
public struct Message: Sendable {
    public enum Kind: String, Sendable, Hashable {
        case greeting
        case command
        /// A line of the client during AUTHENTICATE.
        case sasl
        /// `DONE`
        case done
        /// `*`, which cancels AUTHENTICATE.
        case cancel
        /// `+ ...`
        case continuation
        case untagged
        case tagged
        /// Neither a command nor a response.
        case unparsed
    }

    public var kind: Kind
    public var direction: Direction
    /// Counted from 1 within the session, both directions together.
    public var number: Int
    /// When its last octet arrived.
    public var time: Timestamp
    /// Offset of its first octet in the stream of its direction, and its octets there.
    public var offset: UInt64
    public var length: UInt64

    /// The tag; empty when there is none.
    public var tag: Range<Int>
    /// The name of the command or response; empty when there is none.
    public var name: Range<Int>
    public var command: Command?
    public var isUID: Bool
    public var response: Response?
    /// The number before an untagged response's name.
    public var sequenceNumber: UInt64?
    /// Where arguments, or the text of a status response, begin.
    public var arguments: Int

    /// The UIDs of sequence numbers that stand in it, where the session knows them and the text does not say them.
    public var uids: KnownUIDs

    public var literals: [LiteralRecord]
    public var quirks: WireQuirks
    public var complete: Bool
    /// The limit that cut what is kept of it.
    public var exceeded: WireLimitExceeded?
    /// The server refused the command's last literal.
    public var literalRefused: Bool

    /// The exchange it belongs to; 0 for none.
    public var exchange: Int
    /// In captures: the number of the packet that brought its end, from 1; 0 where there are no packets.
    public var packet: UInt32 = 0
    private var extras: MessageExtras?

    public init(kind: Kind, direction: Direction, number: Int, time: Timestamp, frame: MessageFrame) {
        self.kind = kind
        self.direction = direction
        self.number = number
        self.time = time
        self.offset = frame.offset
        self.length = frame.length
        self.tag = 0..<0
        self.name = 0..<0
        self.command = nil
        self.isUID = false
        self.response = nil
        self.sequenceNumber = nil
        self.arguments = 0
        self.uids = KnownUIDs()
        self.literals = frame.literals
        self.quirks = frame.quirks
        self.complete = frame.complete
        self.exceeded = frame.exceeded
        self.literalRefused = frame.literalRefused
        self.exchange = 0
        self.extras = nil
        guard !frame.missing.isEmpty else { return }
        self.secrets = frame.missing.map { SecretRange($0, showsLength: true, isMissing: true) }
    }

    /// What masks must cover, sorted, not overlapping.
    public var secrets: [SecretRange] {
        get { self.extras?.content.secrets ?? [] }
        set { if self.extras != nil || !newValue.isEmpty { self.extra.secrets = newValue } }
        _modify { yield &self.extra.secrets }
    }

    /// What was found in it.
    public var findings: [Finding] {
        get { self.extras?.content.findings ?? [] }
        set { if self.extras != nil || !newValue.isEmpty { self.extra.findings = newValue } }
        _modify { yield &self.extra.findings }
    }

    /// What it caused: authentications, state and transport changes. Sinks write them with the message or right after
    /// it; they are not told again by ``SessionObserver/event(_:)``.
    public var consequences: [SessionEvent] {
        get { self.extras?.content.consequences ?? [] }
        set { if self.extras != nil || !newValue.isEmpty { self.extra.consequences = newValue } }
        _modify { yield &self.extra.consequences }
    }

    /// For a tagged response: the exchange that it completes.
    public var completes: Exchange? {
        get { self.extras?.content.completes }
        _modify { yield &self.extra.completes }
    }

    /// For lines of an authentication: what was decoded, free of secrets.
    public var sasl: SASLStep? {
        get { self.extras?.content.sasl }
        _modify { yield &self.extra.sasl }
    }

    /// Whether it has none of what few messages have: nothing was found in it, it caused and completed nothing, and hides
    /// nothing.
    public var isPlain: Bool { self.extras == nil }

    private var extra: MessageExtras.Content {
        get { self.extras?.content ?? MessageExtras.Content() }
        _modify {
            if self.extras != nil, !isKnownUniquelyReferenced(&self.extras) {
                self.extras = self.extras.map { MessageExtras($0.content) }
            }
            let extras = self.extras ?? MessageExtras(MessageExtras.Content())
            yield &extras.content
            if self.extras == nil, !extras.content.isEmpty { self.extras = extras }
        }
    }

    /// Whether less is kept of it than there was.
    public var truncated: Bool { self.exceeded != nil }

    /// The status word of a status response, tagged or not.
    public var status: Status? { self.response?.status }
}

/// What few messages have: apart, so that it is neither moved nor counted with every copy of the others.
///
/// Unchecked: it is changed only by the one message that refers to it, and that is accessed exclusively.
private final class MessageExtras: @unchecked Sendable {
    struct Content {
        var completes: Exchange?
        var sasl: SASLStep?
        var secrets: [SecretRange] = []
        var findings: [Finding] = []
        var consequences: [SessionEvent] = []

        var isEmpty: Bool {
            self.completes == nil && self.sasl == nil && self.secrets.isEmpty && self.findings.isEmpty
                && self.consequences.isEmpty
        }
    }

    @exclusivity(unchecked) var content: Content

    init(_ content: Content) {
        self.content = content
    }
}

/// A range of a message's text that must not be shown.
public struct SecretRange: Sendable, Hashable {
    public var range: Range<Int>
    /// Whether the number of octets may be told: not for a bare password, whose length is part of the secret.
    public var showsLength: Bool
    /// It is no secret: the source does not have these octets, and NULs stand for them.
    public var isMissing: Bool

    public init(_ range: Range<Int>, showsLength: Bool, isMissing: Bool = false) {
        self.range = range
        self.showsLength = showsLength
        self.isMissing = isMissing
    }
}
