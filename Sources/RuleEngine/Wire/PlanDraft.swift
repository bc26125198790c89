import IMAPSession
import Traffic

/// Puts together what the rules make of a message: earlier rules win, and what would break framing is left out.
struct PlanDraft {
    private(set) var plan = WirePlan()
    private(set) var content: (content: StreamPlan.Content, rule: String)?
    private(set) var defers = false
    private var stop: (position: Int, by: Delivery.End)?
    private var hasFault = false
    private let message: WireMessage

    init(_ message: WireMessage) { self.message = message }

    mutating func fail(_ rule: String, _ reason: String) {
        self.plan.failures.append(WirePlan.Failure(rule: rule, reason: reason))
    }

    /// Takes in all that a rule asks for, or nothing of it.
    mutating func add(_ edits: RuleEdits) {
        var edits = edits
        edits.replacements.sort { $0.range.lowerBound < $1.range.lowerBound }
        if let reason = self.objection(to: &edits) {
            self.fail(edits.rule, reason)
            return
        }
        self.plan.replacements = Self.merged(self.plan.replacements, edits.replacements)
        if edits.outcome != .send { self.plan.outcome = edits.outcome }
        self.plan.injections += edits.injections
        if let delivery = edits.delivery { self.plan.delivery = delivery }
        if let stop = edits.stop {
            self.stop = stop
            if self.plan.delivery == nil { self.plan.delivery = Delivery(rule: edits.rule) }
        }
        if let content = edits.content { self.content = (content, edits.rule) }
        if edits.breaks, self.plan.breaksFor == nil { self.plan.breaksFor = edits.rule }
        if edits.defers { self.defers = true }
        if edits.isFault { self.hasFault = true }
    }

    private func objection(to edits: inout RuleEdits) -> String? {
        // The same edit twice is no conflict: two packs may hide the same extension.
        edits.replacements.removeAll { new in
            self.plan.replacements.contains { $0.range == new.range && $0.octets == new.octets && !new.range.isEmpty }
        }
        if edits.outcome != .send, self.plan.outcome != .send { return "an earlier rule decides about the message" }
        if edits.content != nil, self.content != nil { return "an earlier rule changes the literal" }
        if edits.delivery != nil || edits.stop != nil, self.plan.delivery != nil {
            return "an earlier rule says how the message leaves"
        }
        for (index, new) in edits.replacements.enumerated() {
            if index > 0, Self.overlap(edits.replacements[index - 1].range, new.range) {
                return "two of its actions change the same octets"
            }
            if self.plan.replacements.contains(where: { Self.overlap($0.range, new.range) }) {
                return "an earlier rule changes the same octets"
            }
        }
        if !edits.isFault, !self.keepsFraming(edits.replacements) {
            return "the change would break the framing of the message"
        }
        return nil
    }

    private static func overlap(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        left.lowerBound < right.upperBound && right.lowerBound < left.upperBound
    }

    /// Both sorted; of insertions in the same place the earlier rule's comes first.
    private static func merged(_ left: [WirePlan.Replacement], _ right: [WirePlan.Replacement])
        -> [WirePlan.Replacement]
    {
        guard !left.isEmpty else { return right }
        return (left.map { (0, $0) } + right.map { (1, $0) }).sorted { first, second in
            let (a, b) = (first.1.range, second.1.range)
            return (a.lowerBound, a.upperBound, first.0) < (b.lowerBound, b.upperBound, second.0)
        }.map(\.1)
    }

    // MARK: - Framing

    /// Whether the message is still one message with the same first word, a tag or a star.
    private func keepsFraming(_ replacements: [WirePlan.Replacement]) -> Bool {
        guard !replacements.isEmpty else { return true }
        let count = self.message.octets.count
        guard replacements.allSatisfy({ $0.range.lowerBound >= 0 && $0.range.upperBound <= count }) else { return false }
        let octets = WirePlan.apply(replacements, to: self.message.octets)
        let before = self.message.octets.bytes
        let firstWord = Framing.firstWord(before)
        let after = octets.span.bytes
        guard Framing.firstWord(after).map({ after[$0] }) == firstWord.map({ before[$0] }) else { return false }
        // The announced literal and the end of the message are yet to come.
        if !self.message.isWhole { return Framing.announcesLiteral(after, self.message.direction) }
        return Framing.messages(octets.span.bytes, self.message.direction)?.count == 1
    }

    // MARK: - The end

    /// The plan, after all rules have been asked.
    mutating func finish() -> WirePlan {
        if self.plan.outcome != .send {
            self.plan.replacements = []
            self.content = nil
        }
        if !self.hasFault, Set(self.plan.replacements.map(\.rule)).count > 1,
            !self.keepsFraming(self.plan.replacements)
        {
            for rule in Set(self.plan.replacements.map(\.rule)).sorted() {
                self.fail(rule, "together with other rules the change would break the framing of the message")
            }
            self.plan.replacements = []
        }
        if let stop {
            var position = stop.position
            for replacement in self.plan.replacements where replacement.range.upperBound <= stop.position {
                position += replacement.octets.count - replacement.range.count
            }
            self.plan.delivery?.stop = Delivery.Stop(after: max(position, 0), by: stop.by)
        }
        return self.plan
    }
}
