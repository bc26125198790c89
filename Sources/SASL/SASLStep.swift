public import Traffic

/// What one line of an AUTHENTICATE exchange means.
///
/// All but `secrets` may be shown to anybody.
public struct SASLStep: Sendable {
    /// What a person reads beside the line.
    public var summary: String
    /// The authentication identity, the one whose password is used.
    public var user: String?
    /// The identity to act as, where the mechanism has one and the client sent it.
    public var authorizationIdentity: String?
    /// The decoded challenge of a server line.
    public var challenge: String?
    /// What the message says piece by piece, for those who want more than the summary.
    public var fields: [SASLField]
    /// Deviations from the mechanism's specification.
    public var problems: [SASLProblem]
    /// Values that must be masked wherever they appear again.
    public var secrets: [Secret]
    /// The ranges of the line, as it was passed in, that must be masked.
    public var maskedColumns: [Range<Int>]

    public init(
        _ summary: String,
        user: String? = nil,
        authorizationIdentity: String? = nil,
        challenge: String? = nil,
        fields: [SASLField] = [],
        problems: [SASLProblem] = [],
        secrets: [Secret] = []
    ) {
        self.summary = summary
        self.user = user
        self.authorizationIdentity = authorizationIdentity
        self.challenge = challenge
        self.fields = fields
        self.problems = problems
        self.secrets = secrets
        self.maskedColumns = []
    }

    /// Adds what stands in the message under `name`, escaped and cut.
    mutating func note(_ name: String, _ octets: some Collection<UInt8>) {
        self.note(name, WireText.escape(octets.prefix(SASLField.longestValue)))
    }

    mutating func note(_ name: String, _ text: String) {
        self.fields.append(SASLField(name, WireText.excerpt(text, limit: SASLField.longestValue)))
    }
}
