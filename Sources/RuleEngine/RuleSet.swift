public import IMAPWire
public import Masking
public import Traffic

/// The rules of a run, in the order of their files, and what they share between sessions.
public final class RuleSet: Sendable {
    public let rules: [Rule]
    public let pseudonyms = Pseudonyms()
    public let tally = RedactionTally()
    private let redacting: [Rule]
    private let wireRules: [WireRule]

    public init(_ rules: [Rule]) {
        self.rules = rules
        self.redacting = rules.filter { $0.actions.contains { !$0.isOnWire } }
        self.wireRules = rules.compactMap(WireRule.init)
    }

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
