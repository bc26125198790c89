/// What becomes of a message that is longer than what is held, when a rule may apply to it.
public enum HoldOverflow: String, Sendable, Hashable, CaseIterable {
    /// It passes as it came, with a finding.
    case pass
    /// The connection ends.
    case close
}
