public import Traffic

/// How much a finding matters.
public enum Severity: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    case info
    case low
    case medium
    case high
    case critical

    /// The word used in every output.
    public var name: String {
        switch self {
        case .info: "info"
        case .low: "low"
        case .medium: "medium"
        case .high: "high"
        case .critical: "critical"
        }
    }

    public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// Who is to blame for a finding or an error.
public enum Blame: String, Sendable, Hashable {
    case client
    case server
    case capture
    case configuration
    case imapscope
}

/// Which of the proxy's two connections something happened on.
public enum Leg: String, Sendable, Hashable {
    /// Between the mail client and imapscope.
    case client
    /// Between imapscope and the server.
    case upstream
}

/// Something worth a person's attention: a broken promise of the protocol, a likely slip, a deviation with a name.
public struct Finding: Sendable, Hashable {
    /// A short stable name, `literal-leftover`.
    public var id: String
    public var severity: Severity
    public var blame: Blame
    /// The direction and the offset in its stream at which it was seen.
    public var direction: Direction
    public var offset: UInt64
    /// One sentence with the facts.
    public var text: String
    /// `RFC 9051 section 4.3`, or the name of a server known for it.
    public var reference: String
    /// The leg, where only one is concerned.
    public var leg: Leg?
    /// A named quirk: told as a note beside the message, because nothing is wrong with what was understood.
    public var isNote = false
    /// The number of the audit check it belongs to, `T01`; `X/T01` where imapscope's own configuration is the cause.
    public var check: String?

    public init(
        id: String,
        severity: Severity,
        blame: Blame,
        direction: Direction,
        offset: UInt64,
        text: String,
        reference: String,
        leg: Leg? = nil
    ) {
        self.id = id
        self.severity = severity
        self.blame = blame
        self.direction = direction
        self.offset = offset
        self.text = text
        self.reference = reference
        self.leg = leg
    }
}
