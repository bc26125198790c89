public import Masking
public import Traffic

/// The rules of a run, in the order of their files, and what they share between sessions.
public final class RuleSet: Sendable {
    public let rules: [Rule]
    public let pseudonyms = Pseudonyms()
    public let tally = RedactionTally()

    public init(_ rules: [Rule]) {
        self.rules = rules
    }

    /// What hides parts of one session from outputs; nil when no rule does.
    public func redaction(for session: ConnectionID, literalPrefix: Int) -> (any Redaction)? {
        self.rules.isEmpty
            ? nil
            : Redactor(
                self.rules,
                session: session,
                pseudonyms: self.pseudonyms,
                tally: self.tally,
                literalPrefix: literalPrefix
            )
    }
}
