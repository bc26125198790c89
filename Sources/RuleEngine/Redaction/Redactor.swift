import FilterLanguage
import IMAPProtocol
import IMAPSession
import IMAPWire
import Masking
import SASL
import Traffic

/// Applies the redaction rules to one session.
final class Redactor: Redaction {
    private let rules: [Rule]
    private let pseudonyms: Pseudonyms
    private let tally: RedactionTally
    private let literalPrefix: Int
    private let facts: SessionFacts
    private var counters: [RuleCounter]
    private var finder: PartFinder
    private var candidatesBySort: [MessageSort: [Int]] = [:]
    /// Messages of one sort come in a row.
    private var lastSort: (sort: MessageSort, candidates: [Int])?
    /// What rules without a condition do to texts of events, which belong to no message.
    private let always: Plan

    init(
        _ rules: [Rule],
        session: ConnectionID,
        pseudonyms: Pseudonyms,
        tally: RedactionTally,
        literalPrefix: Int
    ) {
        self.rules = rules
        self.pseudonyms = pseudonyms
        self.tally = tally
        self.literalPrefix = literalPrefix
        self.facts = SessionFacts(literalPrefix: literalPrefix)
        self.counters = rules.map { RuleCounter($0.limit, session: session.number) }
        self.finder = PartFinder(literalPrefix: literalPrefix)
        self.always = Plan(rules.filter { $0.limit == nil && $0.when == nil })
    }

    /// What all rules that apply to a message do together.
    private struct Plan {
        /// What becomes of a part: the first rule that names it decides.
        var parts: [Part: Bool] = [:]
        var expressions: [(expression: RegularExpression, isPseudonym: Bool)] = []

        init(_ rules: [Rule] = []) { for rule in rules { self.add(rule) } }

        mutating func add(_ rule: Rule) {
            for action in rule.actions {
                switch action {
                case .mask(.parts(let parts)):
                    for part in parts where self.parts[part] == nil { self.parts[part] = false }
                case .pseudonymise(.parts(let parts)):
                    for part in parts where self.parts[part] == nil { self.parts[part] = true }
                case .mask(.matches(let expression)): self.expressions.append((expression, false))
                case .pseudonymise(.matches(let expression)): self.expressions.append((expression, true))
                case .wire: break
                }
            }
        }

        var isEmpty: Bool { self.parts.isEmpty && self.expressions.isEmpty }
        var proseParts: Set<Part> { Set(self.parts.keys) }
    }

    // MARK: - Messages

    func redact(_ message: inout Message, text: UnsafeMutableRawBufferPointer, isComplete: Bool) -> [SecretRange] {
        if isComplete { self.facts.observe(message) }
        let readable = UnsafeRawBufferPointer(text)
        let plan = self.plan(message, readable.bytes, counts: isComplete)
        if isComplete, let ended = message.completes { self.facts.forget(ended.number) }
        guard !plan.isEmpty else { return [] }
        let places = self.finder.places(message, readable.bytes)
        self.learnUsers(message, places, readable, plan)
        var masked: [SecretRange] = []
        for place in places { self.hide(place, message, text, plan, &masked) }
        for (expression, isPseudonym) in plan.expressions {
            self.hide(expression, isPseudonym: isPseudonym, message, text, &masked)
        }
        self.rewrite(&message, plan)
        return masked.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    private func plan(_ message: Message, _ text: RawSpan, counts: Bool) -> Plan {
        let candidates = self.candidates(for: message)
        guard !candidates.isEmpty || SessionFacts.learns(from: message) else { return Plan() }
        return self.facts.withMessage(message, text: text) { facts in
            var plan = Plan()
            for index in candidates {
                let rule = self.rules[index]
                guard rule.when.map({ $0.evaluate(facts) == .yes }) ?? true else { continue }
                // A command that waits for its literal comes again; it counts once, and is hidden both times.
                if counts, !self.counters[index].applies(rule.limit) { continue }
                plan.add(rule)
            }
            return plan
        }
    }

    /// The rules that can apply to messages of this sort: the others are not even asked.
    private func candidates(for message: Message) -> [Int] {
        let sort = self.facts.sort(of: message)
        if let last = self.lastSort, last.sort == sort { return last.candidates }
        let found: [Int]
        if let known = self.candidatesBySort[sort] {
            found = known
        } else {
            found = self.rules.indices.filter { index in
                self.rules[index].when?.canMatch(sort, like: message, self.facts) ?? true
            }
            self.candidatesBySort[sort] = found
        }
        self.lastSort = (sort, found)
        return found
    }

    /// Names have to be known before the texts that repeat them are read.
    private func learnUsers(
        _ message: Message,
        _ places: [PartFinder.Place],
        _ text: UnsafeRawBufferPointer,
        _ plan: Plan
    ) {
        guard plan.parts[.users] == true else { return }
        for place in places where place.part == .users && !place.isProse {
            _ = self.pseudonyms.name(Array(text[place.range]), .users)
        }
        if let step = message.sasl { self.learn(step.user, step.authorizationIdentity) }
        for consequence in message.consequences {
            guard case .authentication(let outcome) = consequence else { continue }
            self.learn(outcome.user, outcome.authorizationIdentity)
        }
    }

    private func learn(_ names: String?...) {
        for case let name? in names where !name.isEmpty { _ = self.pseudonyms.name(Array(name.utf8), .users) }
    }

    // MARK: - Places

    private func hide(
        _ place: PartFinder.Place,
        _ message: Message,
        _ text: UnsafeMutableRawBufferPointer,
        _ plan: Plan,
        _ masked: inout [SecretRange]
    ) {
        if place.isProse {
            let prose = Prose(pseudonyms: self.pseudonyms, parts: plan.proseParts)
            let whole = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[place.range])
            for finding in prose.findings(in: whole) {
                let start = place.range.lowerBound + finding.range.lowerBound
                let range = start..<(start + finding.range.count)
                self.overwrite(range, finding.part, text, plan, &masked)
            }
            return
        }
        guard plan.parts[place.part] != nil else { return }
        if place.isHeader {
            for range in HeaderLines.values(UnsafeRawBufferPointer(text), place.range) {
                self.overwrite(range, .headers, text, plan, &masked)
            }
        } else if place.part == .mailboxes {
            for range in MailboxLevels.ranges(UnsafeRawBufferPointer(text), place.range) {
                self.overwrite(range, .mailboxes, text, plan, &masked)
            }
        } else {
            self.overwrite(place.range, place.part, text, plan, &masked)
        }
    }

    private func overwrite(
        _ range: Range<Int>,
        _ part: Part,
        _ text: UnsafeMutableRawBufferPointer,
        _ plan: Plan,
        _ masked: inout [SecretRange]
    ) {
        guard let isPseudonym = plan.parts[part] else { return }
        self.tally.count(part)
        self.overwrite(range, part, isPseudonym: isPseudonym, text, &masked)
    }

    private func overwrite(
        _ range: Range<Int>,
        _ part: Part,
        isPseudonym: Bool,
        _ text: UnsafeMutableRawBufferPointer,
        _ masked: inout [SecretRange]
    ) {
        let octets = UnsafeMutableRawBufferPointer(rebasing: text[range])
        // A value that is masked already, in whole or in part, keeps its mask.
        if isPseudonym, !octets.contains(where: { $0 != UInt8(ascii: "*") }) { return }
        if isPseudonym, self.pseudonyms.overwrite(octets, value: Array(octets), part) { return }
        for index in octets.indices { octets[index] = UInt8(ascii: "*") }
        masked.append(SecretRange(range, showsLength: true))
    }

    private func hide(
        _ expression: RegularExpression,
        isPseudonym: Bool,
        _ message: Message,
        _ text: UnsafeMutableRawBufferPointer,
        _ masked: inout [SecretRange]
    ) {
        self.hideCut(expression, message, text, &masked)
        let readable = UnsafeRawBufferPointer(text)
        var start = 0
        while start < readable.count {
            switch expression.search(readable, from: start) {
            case .found(let range) where !range.isEmpty:
                self.tally.countMatch()
                self.overwrite(range, .others, isPseudonym: isPseudonym, text, &masked)
                start = range.upperBound
            case .found(let range): start = range.upperBound + 1
            case .notFound: return
            case .gaveUp:
                // Nobody knows what is left, so nothing of it is shown.
                self.overwrite(start..<readable.count, .others, isPseudonym: false, text, &masked)
                return
            }
        }
    }

    /// Where a text is cut, a match may be cut too: what is there of it is hidden.
    private func hideCut(
        _ expression: RegularExpression,
        _ message: Message,
        _ text: UnsafeMutableRawBufferPointer,
        _ masked: inout [SecretRange]
    ) {
        var ends = message.literals.filter { $0.size > UInt64(self.literalPrefix) }
            .map { min($0.textOffset + self.literalPrefix, text.count) }
        if message.truncated { ends.append(text.count) }
        for end in ends {
            let kept = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<end])
            guard let start = expression.cutMatch(in: kept), start < end else { continue }
            self.tally.countMatch()
            self.overwrite(start..<end, .others, isPseudonym: false, text, &masked)
        }
    }

    // MARK: - Texts beside the octets

    private func rewrite(_ message: inout Message, _ plan: Plan) {
        let texts = Texts(
            pseudonyms: self.pseudonyms,
            plan: plan.parts,
            expressions: plan.expressions.map(\.expression)
        )
        message.findings = message.findings.map { texts.replaced($0) }
        message.consequences = message.consequences.map { texts.replaced($0) }
        message.completes = message.completes.map { texts.replaced($0) }
        if let step = message.sasl {
            message.sasl?.summary = texts.prose(step.summary)
            message.sasl?.problems = step.problems.map { SASLProblem(texts.prose($0.text), kind: $0.kind) }
            message.sasl?.challenge = step.challenge.map(texts.prose)
            message.sasl?.user = step.user.map { texts.name($0, .users) }
            message.sasl?.authorizationIdentity = step.authorizationIdentity.map { texts.name($0, .users) }
        }
    }

    func redact(_ event: SessionEvent) -> SessionEvent {
        self.facts.observe(event)
        let texts = Texts(
            pseudonyms: self.pseudonyms,
            plan: self.always.parts,
            expressions: self.always.expressions.map(\.expression)
        )
        return texts.replaced(event)
    }
}
