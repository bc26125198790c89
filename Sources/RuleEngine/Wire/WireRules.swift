import FilterLanguage
public import IMAPSession
import IMAPWire
public import Traffic

/// The rules that may change what one session's peers send.
///
/// One object serves one connection, on its thread. The session's messages and events are told to it in their order; for
/// each message that waits to be sent it is asked for a plan once.
///
/// A filter sees a message with its secrets overwritten, as everywhere: a rule cannot be made to depend on one.
public final class WireRules {
    let rules: [WireRule]
    let facts: SessionFacts
    private let literalPrefix: Int
    var counters: [RuleCounter]
    var chances: [SplitMix64]
    private var candidatesBySort: [MessageSort: WireCandidates] = [:]
    /// Messages of one sort come in a row.
    private var lastSort: (sort: MessageSort, candidates: WireCandidates)?
    /// The facts of the session for which the candidates were found.
    private var generation = 0
    /// Where a rule may still apply.
    private var reach: (client: Bool, server: Bool)
    private var greetingIsOver = false
    /// How the session began.
    private var began: SessionEvent?
    /// The exchange that the last message completed: its facts are needed until that message was judged.
    private var ended: Int?
    /// A message that leaves behind the next one.
    private var deferred: WirePlan.Injection?
    /// The rules whose failure was told.
    private var failed: Set<String> = []

    init(_ rules: [WireRule], session: ConnectionID, literalPrefix: Int) {
        self.rules = rules
        self.literalPrefix = literalPrefix
        self.facts = SessionFacts(literalPrefix: .max)
        self.counters = rules.map { RuleCounter($0.limit, session: session.number) }
        self.chances = rules.map { SplitMix64(seed: ($0.seed ?? 0) ^ (session.number &* 0x9E37_79B9_7F4A_7C15)) }
        self.reach = (false, false)
        self.noteReach()
    }

    // MARK: - Learning

    /// Takes note of what a message or event says about the session. Called for all of them, before ``plan(_:octets:)``.
    public func observe(_ message: Message) {
        if let ended { self.facts.forget(ended) }
        self.ended = message.completes?.number
        self.facts.observe(message)
    }

    public func observe(_ event: SessionEvent) {
        if case .began = event { self.began = event }
        self.facts.observe(event)
    }

    // MARK: - Whether a rule may apply

    /// Whether any rule may apply to a message that comes in this direction while the session is as it is. Where none
    /// may, octets are passed on before they are looked at.
    public func mayApply(_ direction: Direction) -> Bool {
        direction == .client ? self.reach.client : self.reach.server || self.deferred != nil
    }

    /// Whether a rule may apply to a message of this sort, of which only the beginning may be known.
    public func mayApply(to message: Message) -> Bool {
        if message.direction == .server, self.deferred != nil { return true }
        if SessionFacts.learns(from: message) { return true }
        let candidates = self.candidates(for: message)
        guard !candidates.isEmpty else { return false }
        return self.facts.withMessage(message) { facts in
            candidates.rules.contains { index in
                !self.counters[index].isSpent(self.rules[index].limit)
                    && self.rules[index].when.map { $0.evaluate(facts) != .no } ?? true
            }
        }
    }

    /// The rules that can apply to messages of this sort: the others are not even asked.
    private func candidates(for message: Message) -> WireCandidates {
        if self.generation != self.facts.generation {
            self.generation = self.facts.generation
            self.candidatesBySort.removeAll(keepingCapacity: true)
            self.lastSort = nil
        }
        let sort = self.facts.sort(of: message)
        if let last = self.lastSort, last.sort == sort { return last.candidates }
        let found: WireCandidates
        if let known = self.candidatesBySort[sort] {
            found = known
        } else {
            let rules = self.rules.indices.filter { index in
                let rule = self.rules[index]
                return rule.steps.contains { $0.accepts(message) }
                    && rule.when?.canMatch(sort, like: message, self.facts, inSession: true) ?? true
            }
            found = WireCandidates(rules, of: self.rules)
            self.candidatesBySort[sort] = found
        }
        self.lastSort = (sort, found)
        return found
    }

    private func noteReach() {
        var reach = (client: false, server: false)
        for (index, rule) in self.rules.enumerated() where !self.counters[index].isSpent(rule.limit) {
            if rule.reach.client { reach.client = true }
            if self.greetingIsOver ? rule.reach.laterServer : rule.reach.server { reach.server = true }
        }
        self.reach = reach
    }

    // MARK: - Plans

    /// Whether it is plain that no rule applies to a message: most messages, so this is quick.
    public func passes(_ message: Message, octets: RawSpan) -> Bool {
        guard message.kind != .greeting, self.deferred == nil, !SessionFacts.learns(from: message) else { return false }
        let candidates = self.candidates(for: message)
        return candidates.isEmpty || octets.withUnsafeBytes { candidates.left(by: $0).isEmpty }
    }

    /// What the rules make of a message.
    ///
    /// - Parameter octets: all octets of the message, literals included.
    public func plan(_ message: Message, octets: RawSpan) -> WirePlan {
        defer {
            if message.kind == .greeting, !self.greetingIsOver {
                self.greetingIsOver = true
                self.noteReach()
            }
        }
        let released = message.direction == .server ? self.deferred : nil
        let candidates = self.candidates(for: message)
        guard !candidates.isEmpty || released != nil || SessionFacts.learns(from: message) else { return WirePlan() }
        let left = octets.withUnsafeBytes { candidates.left(by: $0) }
        guard !left.isEmpty || released != nil || SessionFacts.learns(from: message) else { return WirePlan() }
        let secrets = self.secrets(of: message, octets.byteCount)
        let matching = self.matching(left, message, octets, secrets)
        guard !matching.isEmpty || released != nil else { return WirePlan() }
        return octets.withUnsafeBytes { octets in
            let view = WireMessage(message, octets, isWhole: true, secrets: secrets)
            var draft = PlanDraft(view)
            for index in matching where self.counts(index) { self.apply(index, view, &draft) }
            return self.finish(&draft, view, released)
        }
    }

    /// What the rules make of a message whose literal has been announced and not come, where that can be known from what
    /// there is: a replacement of the whole literal, a mask of the same length, a truncation. Nil: the message has to be held.
    ///
    /// - Parameter octets: the message up to and with the announcement.
    public func streamPlan(_ message: Message, octets: RawSpan) -> StreamPlan? {
        if message.direction == .server, self.deferred != nil { return nil }
        let candidates = self.candidates(for: message).rules
        // A login that is exchanged is known when it is whole.
        guard candidates.allSatisfy({ self.rules[$0].credentials == nil }) else { return nil }
        let secrets = self.secrets(of: message, octets.byteCount)
        let matching = self.matching(candidates, message, octets, secrets)
        // A rule that does not match what there is might match the whole; only one that streams is content with less.
        let undecided = candidates.filter { index in
            !matching.contains(index) && !self.rules[index].streams && self.dependsOnText(index, message)
        }
        guard undecided.isEmpty, matching.allSatisfy({ self.rules[$0].streams }) else { return nil }
        return octets.withUnsafeBytes { octets in
            let view = WireMessage(message, octets, isWhole: false, secrets: secrets)
            var draft = PlanDraft(view)
            for index in matching where self.counts(index) { self.apply(index, view, &draft) }
            let plan = self.finish(&draft, view, nil)
            return StreamPlan(
                line: plan,
                content: draft.content?.content ?? .keep,
                rule: draft.content?.rule ?? plan.rule ?? ""
            )
        }
    }

    /// The candidates whose filter matches, without regard to limits.
    private func matching(_ candidates: [Int], _ message: Message, _ octets: RawSpan, _ secrets: [Range<Int>]) -> [Int]
    {
        guard !secrets.isEmpty else { return self.matching(candidates, message, octets) }
        var copy = octets.withUnsafeBytes { Array($0) }
        for range in secrets { for index in range { copy[index] = UInt8(ascii: "*") } }
        return self.matching(candidates, message, copy.span.bytes)
    }

    private func matching(_ candidates: [Int], _ message: Message, _ masked: RawSpan) -> [Int] {
        self.facts.withMessage(message, text: masked) { facts in
            candidates.filter { index in
                self.rules[index].credentials == nil
                    && self.rules[index].when.map { $0.evaluate(facts) == .yes } ?? true
            }
        }
    }

    private func dependsOnText(_ index: Int, _ message: Message) -> Bool {
        guard let filter = self.rules[index].when else { return false }
        return self.facts.withMessage(message) { filter.evaluate($0) == .unknown }
    }

    private func counts(_ index: Int) -> Bool {
        let limit = self.rules[index].limit
        let applies = self.counters[index].applies(limit)
        if self.counters[index].isSpent(limit) { self.noteReach() }
        return applies
    }

    private func apply(_ index: Int, _ message: WireMessage, _ draft: inout PlanDraft) {
        let rule = self.rules[index]
        var edits = RuleEdits(rule: rule.name, chance: self.chances[index])
        defer { self.chances[index] = edits.chance }
        do throws(WireProblem) {
            for step in rule.steps where step.accepts(message.message) { try step.plan(message, &edits) }
        } catch {
            draft.fail(rule.name, error.reason)
            return
        }
        if !edits.isEmpty { draft.add(edits) }
    }

    private func finish(_ draft: inout PlanDraft, _ message: WireMessage, _ released: WirePlan.Injection?) -> WirePlan {
        var plan = draft.finish()
        plan.failures.removeAll { !self.failed.insert($0.rule).inserted }
        if let released {
            plan.injections.append(released)
            self.deferred = nil
        } else if draft.defers, case .drop(let rule) = plan.outcome {
            self.deferred = WirePlan.Injection(.after, Array(message.octets), rule: rule)
        }
        return plan
    }

    /// The secrets of the message as ranges of all its octets: its own ranges count octets of literals that are not kept
    /// as if they were not there.
    private func secrets(of message: Message, _ count: Int) -> [Range<Int>] {
        guard !message.secrets.isEmpty else { return [] }
        return message.secrets.compactMap { secret in
            var (lower, upper) = (secret.range.lowerBound, secret.range.upperBound)
            for literal in message.literals where literal.received > UInt64(self.literalPrefix) {
                let end = literal.textOffset + self.literalPrefix
                let rest = Int(literal.received) - self.literalPrefix
                if end <= secret.range.lowerBound { lower += rest }
                if end <= secret.range.upperBound { upper += rest }
            }
            let range = min(lower, count)..<min(upper, count)
            return range.isEmpty ? nil : range
        }
    }

    /// What becomes of a message that is too long to be held: the strictest that a rule says which may apply to it; nil: none
    /// says anything.
    public func onLimit(_ direction: Direction, _ message: Message?) -> HoldOverflow? {
        let candidates =
            message.map { self.candidates(for: $0).rules }
            ?? self.rules.indices.filter { index in
                let reach = self.rules[index].reach
                return direction == .client ? reach.client : reach.server
            }
        // The client's own credentials are not for the server.
        if message != nil, candidates.contains(where: { self.rules[$0].credentials != nil }) { return .close }
        let said = candidates.compactMap { self.rules[$0].onLimit }
        return said.contains(.close) ? .close : said.first
    }

    // MARK: - Beside messages

    /// The credentials that stand in for the client's own in this login; nil: the login passes.
    ///
    /// - Parameter message: a LOGIN or AUTHENTICATE command. Of it a filter is asked without the text.
    public func login(_ message: Message) -> LoginSubstitution? {
        for index in self.candidates(for: message).rules {
            let rule = self.rules[index]
            guard let credentials = rule.credentials else { continue }
            let matches = rule.when.map { filter in self.facts.withMessage(message) { filter.evaluate($0) == .yes } }
            guard matches ?? true else { continue }
            return LoginSubstitution(
                rule: rule.name,
                method: credentials.method,
                user: credentials.user,
                secret: credentials.secret
            )
        }
        return nil
    }

    /// Whether a rule keeps the handshake of a leg from coming to its end. Asked before each; a filter is asked about the
    /// beginning of the session.
    public func handshakeFault(_ leg: HandshakeFault.Leg) -> HandshakeFault? {
        for (index, rule) in self.rules.enumerated() {
            guard let handshake = rule.handshake, handshake.leg == leg else { continue }
            if let filter = rule.when {
                guard let began, self.facts.withEvent(began, { filter.evaluate($0) == .yes }) else { continue }
            }
            if self.counts(index) { return HandshakeFault(rule: rule.name, leg: leg, by: handshake.end) }
        }
        return nil
    }
}

extension WirePlan {
    /// A rule that had a part in it.
    fileprivate var rule: String? {
        switch self.outcome {
        case .drop(let rule), .answer(_, let rule): rule
        case .send:
            self.replacements.first?.rule ?? self.injections.first?.rule ?? self.delivery?.rule ?? self.breaksFor
        }
    }
}
