import IMAPSession
import IMAPWire
import RuleEngine
import Traffic

// MARK: - Literals that are not there yet

extension EditStage {
    /// A command waits for its literal to be asked for: what can be said of it now is said, and else imapscope asks.
    func literalAnnounced(_ message: Message, _ text: RawSpan) {
        guard let wire, let literal = message.literals.last else { return }
        let flow = self.flows.client
        guard !flow.isCut, flow.passesFrom != message.offset, wire.source.mayApply(to: message) else { return }
        let range = message.offset..<literal.offset
        let isGranted = wire.grantedFrom == message.offset
        if !isGranted, let octets = wire.octets(range, flow, .client),
            let plan = wire.source.streamPlan(message, octets: octets.span.bytes)
        {
            return self.begin(plan, message, octets, literal)
        }
        guard Self.fits(literal, from: message.offset, self.options.holdLimit) else {
            return self.overflow(message)
        }
        wire.grantedFrom = message.offset
        self.answers.append(
            PendingAnswer(
                offset: message.offset,
                tag: "+",
                exchange: message.exchange,
                before: "",
                kind: .continuation
            )
        )
    }

    /// Whether a message with `literal` can be kept to the end of it.
    static func fits(_ literal: LiteralRecord, from start: UInt64, _ limit: Int) -> Bool {
        let (size, isTooLarge) = (literal.offset - start).addingReportingOverflow(literal.size)
        return !isTooLarge && size <= UInt64(limit)
    }

    /// A message that a rule may apply to is too long to be kept.
    func overflow(_ message: Message) {
        self.overflow(message.direction, message.offset, message.time)
    }

    func overflow(_ direction: Direction, _ offset: UInt64, _ time: Timestamp) {
        self.flows[direction].passesFrom = offset
        if direction == .client { self.wire?.grantedFrom = nil }
        guard self.options.onLimit == .pass else {
            self.refusal = .beyondHoldLimit(self.options.holdLimit, direction)
            return
        }
        self.tell(
            "hold-limit",
            .medium,
            .configuration,
            direction,
            offset,
            "a rule may apply to this message, which is longer than the \(self.options.holdLimit) octets that are kept of one; "
                + "it passes as it came",
            "imapscope: hold-limit",
            time
        )
    }

    /// Carries a plan out for a message whose literal comes in pieces.
    func begin(_ stream: StreamPlan, _ message: Message, _ octets: [UInt8], _ literal: LiteralRecord) {
        let direction = message.direction
        let start = message.offset
        self.tell(stream.line.failures, message)
        let planned = PlannedMessage(
            message: message,
            octets: octets,
            range: start..<literal.offset,
            plan: stream.line,
            isText: message.literals.count == 1
        )
        switch stream.line.outcome {
        case .answer(let answer, let rule) where direction == .client && message.exchange != 0:
            self.answeredEarly = start
            self.queueRuleAnswer(answer, rule, message, octets, isText: planned.isText)
        case .answer(let answer, let rule) where direction == .client:
            self.wire?.answersAtEnd = (start, answer, rule)
            self.flows.client.droppedFrom = start
        case .drop(let rule):
            self.tellDropped(planned, rule)
            self.flows[direction].droppedFrom = start
        case .answer(_, let rule):
            self.fail(rule, "only a command can be answered", message)
            self.flows[direction].passesFrom = start
        case .send:
            self.flows[direction].passesFrom = start
            self.flows[direction].append(self.steps(of: stream, planned, literal))
        }
        for injection in stream.line.injections {
            self.wire?.injections.append((injection.octets, injection.rule))
        }
    }

    private func steps(of stream: StreamPlan, _ planned: PlannedMessage, _ literal: LiteralRecord) -> [FlowStep] {
        let message = planned.message
        var steps: [FlowStep] = []
        if let delivery = stream.line.delivery {
            self.tellPaced(delivery, message)
            steps.append(FlowStep(at: message.offset, .beginDelivery(delivery)))
            self.wire?.delivering[message.direction] = message.offset
        }
        for replacement in stream.line.replacements {
            let range = replacement.range
            steps.append(
                FlowStep(
                    message.offset + UInt64(range.lowerBound)..<message.offset + UInt64(range.upperBound),
                    .replace(replacement.octets)
                )
            )
        }
        let content = literal.offset..<literal.offset + literal.size
        let text: String
        switch stream.content {
        case .keep: text = ""
        case .fill(let octet):
            steps.append(FlowStep(content, .fill(octet), streams: true))
            text = "\(literal.size) octets leave as 0x\(String(octet, radix: 16))"
        case .truncate(let count):
            let kept = content.lowerBound + min(count, literal.size)
            steps.append(FlowStep(kept..<content.upperBound, .replace([]), streams: true))
            text = "\(min(count, literal.size)) of \(literal.size) octets leave"
        case .replace(let octets):
            steps.append(FlowStep(content, .replace(octets), streams: true))
            text = "\(octets.count) octets leave instead of \(literal.size)"
        }
        self.tellStream(stream, planned, text)
        return steps
    }

    private func tellStream(_ stream: StreamPlan, _ planned: PlannedMessage, _ content: String) {
        guard !content.isEmpty || !stream.line.replacements.isEmpty else { return }
        let texts = EditText.texts(
            planned.octets,
            planned.message.secrets,
            stream.line.replacements,
            isText: planned.isText,
            literals: planned.message.literals
        )
        self.tellEdit(
            stream.rule,
            planned.message.direction,
            planned.range.lowerBound,
            before: texts.before,
            after: content.isEmpty ? texts.after : "\(texts.after) (\(content))",
            planned.message.time
        )
    }

    /// A message is whole: what was begun for it before is finished. Returns whether nothing else may be done with it.
    func finishStream(_ message: Message, _ text: RawSpan, _ end: UInt64) -> Bool {
        guard let wire else { return false }
        let direction = message.direction
        if wire.delivering[direction] == message.offset {
            wire.delivering[direction] = nil
            self.flows[direction].append([FlowStep(at: end, .endDelivery)])
        }
        guard self.flows[direction].droppedFrom == message.offset, !self.rules.guardsCredentials else { return false }
        let rest = max(message.offset, self.flows[direction].passed)..<end
        self.flows[direction].append([FlowStep(rest, .replace([]))])
        if let (offset, answer, rule) = wire.answersAtEnd, offset == message.offset, direction == .client {
            wire.answersAtEnd = nil
            let octets = text.withUnsafeBytes { Array($0) }
            self.queueRuleAnswer(answer, rule, message, octets, isText: message.literals.isEmpty)
        }
        return true
    }

    /// The server asks for the literal of a command that was kept back: the client was asked already.
    func continuationArrived(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>) {
        self.flows.client.unblock()
        self.flows.server.append([FlowStep(range, .replace([]))])
        self.tellEdit(
            self.wire?.loginRule?.rule ?? "the client was asked for its literal before",
            .server,
            range.lowerBound,
            before: Self.line(text.withUnsafeBytes { Array($0) }),
            after: "",
            message.time
        )
    }
}
