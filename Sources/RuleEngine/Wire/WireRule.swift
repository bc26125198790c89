import FilterLanguage

/// A rule with wire actions, as one session applies it.
struct WireRule: Sendable {
    let name: String
    let when: Filter?
    let limit: RuleLimit?
    let steps: [any WireStep]
    let reach: WireReach

    /// What a login is exchanged for.
    let credentials: CredentialsAction?
    let handshake: TLSAction?

    var streams: Bool { self.steps.allSatisfy { $0.streams } }
    var seed: UInt64? { self.steps.lazy.compactMap { $0.seed }.first }

    /// Nil for a rule without wire actions.
    init?(_ rule: Rule) {
        let steps = rule.actions.compactMap { if case .wire(let action) = $0 { action.step } else { nil } }
        guard !steps.isEmpty else { return nil }
        self.name = rule.name
        self.when = rule.when
        self.limit = rule.limit
        self.steps = steps
        self.credentials = steps.lazy.compactMap { $0 as? CredentialsAction }.first
        self.handshake = steps.lazy.compactMap { $0 as? TLSAction }.first
        self.reach = WireReach(rule.when, steps)
    }
}
