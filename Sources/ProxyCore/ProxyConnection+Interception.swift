import IMAPProtocol
import IMAPSession
import IMAPWire
import RuleEngine
public import Traffic

// MARK: - Messages that wait for a person

extension ProxyConnection {
    /// Asks about the message in front, once.
    mutating func ask(_ edits: EditStage, _ direction: Direction, _ perform: (ProxyAction) -> Void) {
        guard let number = edits.flows[direction].awaitedDecision,
            let waiting = edits.wire?.intercepted[number], !waiting.isAsked
        else { return }
        edits.wire?.intercepted[number]?.isAsked = true
        let planned = waiting.planned
        perform(
            .intercept(
                Interception(
                    number: number,
                    direction: direction,
                    rule: planned.plan.breaksFor ?? "",
                    text: EditText.text(
                        planned.octets,
                        planned.message.secrets,
                        isText: planned.isText,
                        literals: planned.message.literals
                    ),
                    isCommand: planned.message.kind == .command
                )
            )
        )
        guard self.options.breakTimeout > 0 else { return }
        perform(.startTimer(.decision(on: direction), seconds: self.options.breakTimeout))
    }

    /// A message that waits, secrets included.
    public func interceptedContent(_ number: Int) -> InterceptedContent? {
        self.edits?.wire?.intercepted[number]?.planned.content
    }

    /// Takes the decision of a person about a message that waits.
    ///
    /// When it throws, the message still waits.
    public mutating func decide(
        _ number: Int,
        _ decision: InterceptionDecision,
        at time: Timestamp,
        perform: (ProxyAction) -> Void
    ) throws(InterceptionError) {
        guard let edits = self.edits, let wire = edits.wire, self.phase != .ended,
            let waiting = wire.intercepted[number],
            let direction = Direction.allCases.first(where: { edits.flows[$0].awaitedDecision == number })
        else { throw .notWaiting(number) }
        var planned = waiting.planned
        let rule = planned.plan.breaksFor ?? ""
        planned.plan.breaksFor = nil
        switch decision {
        case .forward, .kill: break
        case .replace(let octets):
            if let problem = planned.content.problem(with: octets) { throw problem }
            planned.plan.outcome = .send
            planned.plan.replacements =
                octets == planned.octets
                ? [] : [WirePlan.Replacement(0..<planned.octets.count, octets, rule: rule)]
        case .drop:
            planned.plan.outcome = .drop(rule: rule)
        case .answer(let line):
            guard planned.message.kind == .command else { throw .notACommand }
            guard Self.isAnswer(line) else { throw .notAnAnswer }
            planned.plan.outcome = .answer(WireAnswer(tagged: line), rule: rule)
        }
        wire.intercepted[number] = nil
        if self.options.breakTimeout > 0 { perform(.cancelTimer(.decision(on: direction))) }
        guard decision != .kill else { return self.kill(edits, rule, at: time, perform) }
        edits.flows[direction].unblock()
        edits.flows[direction].prepend(edits.steps(for: planned, editsLists: waiting.editsLists))
        self.giveUp(edits, at: time)
        self.moveOn(edits, direction, at: time, perform)
    }

    /// Nobody has decided in time: the message goes on.
    mutating func decisionTimedOut(_ direction: Direction, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard let number = self.edits?.flows[direction].awaitedDecision else { return }
        do throws(InterceptionError) {
            try self.decide(number, .forward, at: time, perform: perform)
        } catch {
            // It was decided in the same moment.
        }
    }

    private mutating func kill(
        _ edits: EditStage,
        _ rule: String,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard self.canSpeak(edits) else { return self.end(.close, at: time, perform) }
        self.sayGoodbye("imapscope: the connection was ended by hand", cause: rule, at: time, perform)
    }

    private static func isAnswer(_ line: String) -> Bool {
        guard line.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return false }
        let word = line.prefix { $0 != " " }.uppercased()
        return ["OK", "NO", "BAD"].contains(word)
    }
}
