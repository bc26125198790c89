import Synchronization

/// The rules that sessions begin with. They are replaced as a whole, so no session ever has half of old and half of new ones.
///
/// A session asks once, when it begins, and keeps what it got to its end: what its first lines showed, and how often a limited
/// rule has applied, stays true of its last ones.
public final class CurrentRules: Sendable {
    private let current: Mutex<RuleSet>

    public init(_ rules: RuleSet) {
        self.current = Mutex(rules)
    }

    public var ruleSet: RuleSet { self.current.withLock { $0 } }

    /// Puts `rules` in force for sessions that begin from now on. Placeholders and counts go on.
    public func replace(with rules: [Rule]) {
        self.current.withLock { $0 = RuleSet(rules, succeeding: $0) }
    }
}
