import IMAPProtocol
import IMAPSession
import RuleEngine
import Traffic

// MARK: - What the rules ask for

extension EditStage {
    /// What the rules make of a whole message; nil: nothing, or they cannot any more.
    func plan(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>) -> PlannedMessage? {
        guard let wire else { return nil }
        let flow = self.flows[message.direction]
        guard range.lowerBound >= flow.passed, flow.passesFrom != range.lowerBound, !flow.isCut,
            flow.droppedFrom != range.lowerBound
        else { return nil }
        // A command whose literals were asked for here has to be sent as one that was kept back.
        let isGranted = message.direction == .client && wire.grantedFrom == range.lowerBound
        if isGranted { wire.grantedFrom = nil }
        guard isGranted || wire.source.mayApply(to: message) else { return nil }
        let isText = message.length == UInt64(text.byteCount)
        var octets = isText ? nil : wire.octets(range, flow, message.direction)
        let plan: WirePlan
        if let octets {
            plan = wire.source.plan(message, octets: octets.span.bytes)
        } else if isText {
            plan = wire.source.plan(message, octets: text)
        } else {
            return nil
        }
        self.tell(plan.failures, message)
        guard !plan.isEmpty || isGranted else { return nil }
        octets = octets ?? text.withUnsafeBytes { Array($0) }
        return PlannedMessage(message: message, octets: octets ?? [], range: range, plan: plan, isText: isText)
    }

    /// A client's message for which the legs want nothing.
    func applyRules(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>) {
        guard let planned = self.plan(message, text, range) else { return }
        self.apply(planned, editsLists: false)
    }

    func apply(_ planned: PlannedMessage, editsLists: Bool) {
        let direction = planned.message.direction
        if planned.plan.breaksFor != nil, !planned.message.switchesStreams, let wire {
            let number = wire.nextInterception()
            wire.intercepted[number] = WaitingMessage(planned: planned, editsLists: editsLists)
            self.flows[direction].append([FlowStep(at: planned.range.lowerBound, .awaitDecision(number))])
            return
        }
        self.flows[direction].append(self.steps(for: planned, editsLists: editsLists))
    }

    /// The steps that carry a plan out; tells what changes and queues what imapscope says itself.
    func steps(for planned: PlannedMessage, editsLists: Bool) -> [FlowStep] {
        switch planned.message.direction {
        case .client: self.clientSteps(planned)
        case .server: self.serverSteps(planned, editsLists: editsLists)
        }
    }

    private func clientSteps(_ planned: PlannedMessage) -> [FlowStep] {
        let (message, range, plan) = (planned.message, planned.range, planned.plan)
        for injection in plan.injections { self.wire?.injections.append((injection.octets, injection.rule)) }
        switch plan.outcome {
        case .drop(let rule):
            self.tellDropped(planned, rule)
            if message.exchange != 0, message.kind == .command { self.wire?.unanswered.append(message.exchange) }
            return [FlowStep(range, .replace([]))]
        case .answer(let answer, let rule):
            guard message.kind == .command else {
                self.fail(rule, "only a command can be answered", message)
                return []
            }
            self.queueRuleAnswer(answer, rule, planned.message, planned.octets, isText: planned.isText)
            return [FlowStep(range, .replace([]))]
        case .send:
            let sent = plan.rewritten(planned.octets)
            self.tellReplaced(planned)
            let pieces = message.kind == .command ? SynchronizingPieces.of(sent) : [sent]
            guard pieces.count > 1 else { return self.paced(planned, self.replacements(planned)) }
            var steps = [FlowStep(range, .replace(pieces[0]))]
            for piece in pieces.dropFirst() {
                steps.append(FlowStep(at: range.upperBound, .awaitContinuation, exchange: message.exchange))
                steps.append(FlowStep(at: range.upperBound, .replace(piece), exchange: message.exchange))
            }
            return self.paced(planned, steps)
        }
    }

    private func serverSteps(_ planned: PlannedMessage, editsLists: Bool) -> [FlowStep] {
        let (message, range, plan) = (planned.message, planned.range, planned.plan)
        var steps: [FlowStep] = []
        switch plan.outcome {
        case .drop(let rule) where !message.switchesStreams:
            self.tellDropped(planned, rule)
            steps = [FlowStep(range, .replace([]))]
        case .drop(let rule), .answer(_, let rule):
            self.fail(rule, "this response can be neither dropped nor answered", message)
        case .send:
            self.tellReplaced(planned)
            let sent = plan.rewritten(planned.octets)
            let holdsList =
                message.kind == .greeting || message.status != nil || message.response == .capability
            // What the legs need comes behind the rules and wins.
            if holdsList || !plan.replacements.isEmpty,
                let octets = self.editList(message, planned.octets, sent, range, editsLists: editsLists)
            {
                steps = [FlowStep(range, .replace(octets))]
            } else {
                steps = self.replacements(planned)
            }
        }
        guard !message.switchesStreams else { return steps }
        return self.paced(planned, self.injections(planned) + steps + self.injections(planned, behind: true))
    }

    private func replacements(_ planned: PlannedMessage) -> [FlowStep] {
        let start = planned.range.lowerBound
        return planned.plan.replacements.map {
            FlowStep(start + UInt64($0.range.lowerBound)..<start + UInt64($0.range.upperBound), .replace($0.octets))
        }
    }

    /// Puts a delivery around the steps of a message.
    private func paced(_ planned: PlannedMessage, _ steps: [FlowStep]) -> [FlowStep] {
        guard let delivery = planned.plan.delivery else { return steps }
        self.tellPaced(delivery, planned.message)
        return [FlowStep(at: planned.range.lowerBound, .beginDelivery(delivery))] + steps
            + [FlowStep(at: planned.range.upperBound, .endDelivery)]
    }

    /// Lines beside a message of the server: never in front of the greeting, never inside an AUTHENTICATE.
    private func injections(_ planned: PlannedMessage, behind: Bool = false) -> [FlowStep] {
        let message = planned.message
        let isGreeting = message.kind == .greeting
        var steps: [FlowStep] = []
        for injection in planned.plan.injections {
            let isBehind = injection.place == .after || isGreeting
            guard isBehind == behind else { continue }
            guard self.wire?.authentication == 0 else {
                self.wire?.injections.append((injection.octets, injection.rule))
                continue
            }
            let offset = behind ? planned.range.upperBound : planned.range.lowerBound
            self.tellInjected(injection.octets, injection.rule, at: offset, message.time)
            steps.append(FlowStep(at: offset, .replace(injection.octets)))
        }
        return steps
    }

    // MARK: - Answers

    func queueRuleAnswer(
        _ answer: WireAnswer,
        _ rule: String,
        _ message: Message,
        _ octets: [UInt8],
        isText: Bool = true,
        beginsTLS: Bool = false
    ) {
        self.answers.append(
            PendingAnswer(
                offset: message.offset,
                tag: String(decoding: octets[message.tag], as: UTF8.self),
                exchange: message.exchange,
                before: Self.line(octets, hiding: isText ? message.secrets : []),
                kind: .rule(answer, rule, beginsTLS: beginsTLS)
            )
        )
    }

    /// What a rule says to a STARTTLS that is imapscope's to answer. Returns whether it says anything.
    func rulesAnswerSTARTTLS(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>) -> Bool {
        guard let planned = self.plan(message, text, range) else { return false }
        for injection in planned.plan.injections {
            self.wire?.injections.append((injection.octets, injection.rule))
        }
        switch planned.plan.outcome {
        case .send: return false
        case .drop(let rule):
            self.tellDropped(planned, rule)
            self.wire?.unanswered.append(message.exchange)
        case .answer(let answer, let rule):
            self.queueRuleAnswer(answer, rule, message, planned.octets, beginsTLS: true)
        }
        return true
    }

    // MARK: - Failures

    func tell(_ failures: [WirePlan.Failure], _ message: Message) {
        for failure in failures { self.fail(failure.rule, failure.reason, message) }
    }

    /// A rule that could not be applied: told once in a session.
    func fail(_ rule: String, _ reason: String, _ message: Message) {
        guard let wire else { return }
        if self.options.failClosed { self.refusal = .ruleFailed(rule, reason, message.direction) }
        guard wire.isNew(failure: rule), !self.options.failClosed else { return }
        self.tell(
            "rule-failed",
            .medium,
            .configuration,
            message.direction,
            message.offset,
            "the rule \(rule) could not be applied, and the message went on as it came: \(reason)",
            "imapscope: --fail",
            message.time
        )
    }
}

extension Message {
    /// Behind it the streams speak another language, so that nothing can stand beside it.
    var switchesStreams: Bool {
        self.consequences.contains { if case .transportChange = $0 { true } else { false } }
    }
}

extension WirePlan {
    /// The message as it leaves.
    func rewritten(_ octets: [UInt8]) -> [UInt8] {
        guard !self.replacements.isEmpty else { return octets }
        var result: [UInt8] = []
        var position = 0
        for replacement in self.replacements {
            result += octets[position..<replacement.range.lowerBound] + replacement.octets
            position = replacement.range.upperBound
        }
        return result + octets[position...]
    }
}
