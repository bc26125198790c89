public import Masking
public import Traffic

/// The rules of a run, in the order of their files, and what they share between sessions.
public final class RuleSet: Sendable {
    public let rules: [Rule]
    public let pseudonyms: Pseudonyms
    public let tally: RedactionTally

    public init(_ rules: [Rule]) {
        self.rules = rules
        self.pseudonyms = Pseudonyms()
        self.tally = RedactionTally()
    }

    /// Other rules in the same run: a value keeps its placeholder, and what was hidden goes on being counted.
    init(_ rules: [Rule], succeeding previous: RuleSet) {
        self.rules = rules
        self.pseudonyms = previous.pseudonyms
        self.tally = previous.tally
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
