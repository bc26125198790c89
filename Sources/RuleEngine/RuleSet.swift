public import IMAPWire
public import Masking
public import Traffic

/// The rules of a run, in the order of their files, and what they share between sessions.
public final class RuleSet: Sendable {
    public let rules: [Rule]
    public let pseudonyms: Pseudonyms
    public let tally: RedactionTally
    private let redacting: [Rule]
    private let wireRules: [WireRule]

    public convenience init(_ rules: [Rule]) {
        self.init(rules, pseudonyms: Pseudonyms(), tally: RedactionTally())
    }

    /// Other rules in the same run: a value keeps its placeholder, and what was hidden goes on being counted.
    convenience init(_ rules: [Rule], succeeding previous: RuleSet) {
        self.init(rules, pseudonyms: previous.pseudonyms, tally: previous.tally)
    }

    private init(_ rules: [Rule], pseudonyms: Pseudonyms, tally: RedactionTally) {
        self.rules = rules
        self.pseudonyms = pseudonyms
        self.tally = tally
        self.redacting = rules.filter { $0.actions.contains { !$0.isOnWire } }
        self.wireRules = rules.compactMap(WireRule.init)
    }

    /// Whether a rule may hide something from outputs.
    public var hasRedactions: Bool { !self.redacting.isEmpty }

    /// Whether a rule may change what peers send.
    public var hasWireRules: Bool { !self.wireRules.isEmpty }

    /// What hides parts of one session from outputs; nil when no rule does.
    public func redaction(for session: ConnectionID, literalPrefix: Int) -> (any Redaction)? {
        self.redacting.isEmpty
            ? nil
            : Redactor(
                self.redacting,
                session: session,
                pseudonyms: self.pseudonyms,
                tally: self.tally,
                literalPrefix: literalPrefix
            )
    }

    /// What may change what the peers of one session send; nil when no rule does.
    ///
    /// - Parameter literalPrefix: how many octets of a literal the session's texts hold.
    public func wire(for session: ConnectionID, literalPrefix: Int = WireLimits.standard.literalPrefix) -> WireRules? {
        self.wireRules.isEmpty
            ? nil : WireRules(self.wireRules, session: session, literalPrefix: literalPrefix)
    }
}
