import Traffic

/// What one rule makes of one message, before it is known whether it can be.
struct RuleEdits {
    let rule: String
    var replacements: [WirePlan.Replacement] = []
    var outcome = WirePlan.Outcome.send
    var injections: [WirePlan.Injection] = []
    var delivery: Delivery?
    /// Where the delivery stops, counted in the octets that came.
    var stop: (position: Int, by: Delivery.End)?
    /// What becomes of the literal that the message waits for.
    var content: StreamPlan.Content?
    var breaks = false
    /// Whether framing or pairing may break: that is what the rule is for.
    var isFault = false
    /// Whether the message is held back until the next one has left.
    var defers = false
    /// Draws for this rule in this session.
    var chance: SplitMix64

    init(rule: String, chance: SplitMix64) {
        self.rule = rule
        self.chance = chance
    }

    mutating func replace(_ range: Range<Int>, _ octets: some Sequence<UInt8>, secrets: [Range<Int>] = []) {
        self.replacements.append(WirePlan.Replacement(range, Array(octets), rule: self.rule, secrets: secrets))
    }

    /// Sets how the octets leave, beside what other actions of the rule said.
    mutating func deliver(_ change: (inout Delivery) -> Void) {
        var delivery = self.delivery ?? Delivery(rule: self.rule)
        change(&delivery)
        self.delivery = delivery
    }

    var isEmpty: Bool {
        self.replacements.isEmpty && self.outcome == .send && self.injections.isEmpty && self.delivery == nil
            && self.stop == nil && self.content == nil && !self.breaks && !self.defers
    }
}
