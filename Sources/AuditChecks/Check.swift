public import IMAPSession

/// A weakness or a broken promise that can be seen in what passes, and how to tell it.
///
/// One value per session: what it remembers of the session is its own. What several checks need is in ``AuditedSession``,
/// what outlives sessions in ``AuditHistory``.
public protocol Check: SendableMetatype {
    static var description: CheckDescription { get }
    /// When it wants to look. Nothing is paid for at other moments.
    static var moments: Moments { get }

    init()

    /// Looks at what has just happened; what the session remembers holds it already.
    mutating func look(at moment: Moment, _ audit: Audit)
}

/// What is known about a check whatever happens.
public struct CheckDescription: Sendable, Hashable {
    /// Its number in the catalogue: `T01`.
    public var id: String
    /// The name under which its findings appear: `cleartext-credentials`.
    public var name: String
    public var severity: Severity
    /// Section of an RFC, or number of a vulnerability.
    public var reference: String
    /// What is wrong, in one clause.
    public var summary: String
    /// Why it matters, one or two sentences.
    public var rationale: String
    /// What to do about it, one or two sentences.
    public var remedy: String
    /// Findings of the session itself that are this check's: told once, under the session's name, with the severity of the
    /// policy.
    public var adopts: [String]

    public init(
        id: String,
        name: String,
        severity: Severity,
        reference: String,
        summary: String,
        rationale: String,
        remedy: String,
        adopts: [String] = []
    ) {
        self.id = id
        self.name = name
        self.severity = severity
        self.reference = reference
        self.summary = summary
        self.rationale = rationale
        self.remedy = remedy
        self.adopts = adopts
    }

    /// The group of the catalogue: `T`, `SC`.
    public var group: String { String(self.id.prefix { !$0.isNumber }) }
}

/// A check that only adopts what sessions find by themselves.
public protocol AdoptingCheck: Check {}

extension AdoptingCheck {
    public static var moments: Moments { [] }
    public mutating func look(at moment: Moment, _ audit: Audit) {}
}
