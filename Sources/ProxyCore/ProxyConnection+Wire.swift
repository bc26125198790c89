import IMAPProtocol
import IMAPSession
import IMAPWire
import RuleEngine
import Traffic

// MARK: - What rules keep back

extension ProxyConnection {
    /// Whether a rule may apply to the message that has begun and is not whole.
    mutating func rulesHoldTail(_ edits: EditStage, _ chunk: RawSpan, _ direction: Direction, at time: Timestamp)
        -> Bool
    {
        let flow = edits.flows[direction]
        guard let wire = edits.wire, flow.passed <= flow.messageEnd, flow.messageEnd < flow.seen,
            flow.passesFrom != flow.messageEnd, !flow.isCut
        else { return false }
        let start = flow.messageEnd
        let limit = self.options.holdLimit
        let isGranted = direction == .client && wire.grantedFrom == start
        guard isGranted || wire.source.mayApply(direction) else { return false }
        guard let message = self.session.messageInProgress(direction), message.offset == start else {
            guard flow.seen - start > UInt64(limit) else { return true }
            edits.overflow(direction, start, time)
            return false
        }
        guard isGranted || wire.source.mayApply(to: message) else { return false }
        guard let literal = message.literals.last,
            self.session.isInLiteral(direction) || !EditStage.fits(literal, from: start, limit)
        else {
            guard flow.seen - start > UInt64(limit) else { return true }
            edits.overflow(message)
            return false
        }
        if EditStage.fits(literal, from: start, limit) { return true }
        guard !isGranted, let octets = flow.octets(start..<literal.offset, of: chunk),
            let plan = wire.source.streamPlan(message, octets: octets.span.bytes)
        else {
            edits.overflow(message)
            return false
        }
        edits.begin(plan, message, octets, literal)
        return edits.flows[direction].isDropping
    }

    // MARK: - What waits

    /// Lets everything leave that nothing keeps back any more.
    mutating func advance(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard edits.wire != nil else { return self.settleHeld(edits, direction, at: time, perform) }
        var goesOn = true
        while goesOn, self.phase != .ended {
            goesOn = self.deliver(edits, direction, at: time, perform)
            guard self.phase != .ended else { return }
            let flow = edits.flows[direction]
            guard !flow.held.isEmpty || !flow.steps.isEmpty else { break }
            let (passed, count) = (flow.passed, flow.steps.count)
            self.settle(edits, direction, at: time, perform)
            let now = edits.flows[direction]
            goesOn = goesOn || now.passed != passed || now.steps.count != count
        }
        guard self.phase != .ended else { return }
        self.session.forwarding = edits.flows.client.awaitedExchange
        self.ask(edits, direction, perform)
        let flow = edits.flows[direction]
        self.setPause(.held, direction, flow.isWaiting && flow.delivery?.isStarving != true, perform)
        self.closeBehind(edits, direction, at: time, perform)
    }

    /// Sends what the delivery in progress has to send now. Returns whether it is over.
    private mutating func deliver(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) -> Bool {
        while edits.flows[direction].delivery?.isWaiting == false {
            guard let step = edits.flows[direction].delivery?.next() else { return false }
            switch step {
            case .send(let octets): perform(.release(direction, octets))
            case .wait(let nanoseconds):
                edits.flows[direction].delivery?.isWaiting = true
                perform(.startDelay(.delivery(of: direction), nanoseconds: nanoseconds))
            case .starve: return false
            case .done:
                edits.flows[direction].delivery = nil
                edits.flows[direction].unblock()
                return true
            case .stop(let end):
                edits.flows[direction].cut()
                switch end {
                case .stall: break
                case .halfClose: perform(.closeOutput(direction))
                case .close: self.end(.close, at: time, perform)
                case .reset: self.end(.reset, at: time, perform)
                }
                return true
            }
        }
        return false
    }

    /// The time that a delivery waits for has come.
    mutating func deliverFurther(_ direction: Direction, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard let edits = self.edits, self.phase != .ended, edits.flows[direction].delivery?.isWaiting == true else {
            return
        }
        edits.flows[direction].delivery?.isWaiting = false
        self.moveOn(edits, direction, at: time, perform)
    }

    /// Something other than octets has changed: what waited has its turn, deflated where compression ends here.
    mutating func moveOn(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        if let termination, !termination.isEntered {
            termination.isEntered = true
            self.moveOn(edits, direction, at: time) { termination.carryOut($0, chunk: RawSpan(), perform) }
            termination.flush(perform)
            termination.isEntered = false
            return
        }
        self.advance(edits, direction, at: time, perform)
        guard self.phase != .ended else { return }
        self.speak(edits, at: time, perform)
        self.answer(edits, at: time, perform)
        guard self.phase != .ended else { return }
        self.advance(edits, direction.opposite, at: time, perform)
        if let refusal = edits.refusal { self.refuse(refusal, at: time, perform) }
    }

    // MARK: - Lines of imapscope's own

    /// Whether a line can be put into the server's stream: between two messages, behind the greeting, and behind
    /// everything that the server said.
    func canSpeak(_ edits: EditStage) -> Bool {
        if case .handshaking = self.clientTLS { return false }
        return self.phase == .relaying && self.session.state != .greeting && !self.serverClosed
            && edits.flows.server.isAtBoundary && edits.flows.server.isClear && self.session.isBetweenServerMessages
    }

    /// Says what rules want said beside a command; never inside an AUTHENTICATE.
    mutating func speak(_ edits: EditStage, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard let wire = edits.wire, !wire.injections.isEmpty, self.canSpeak(edits), !self.session.isAuthenticating
        else { return }
        for injection in wire.injections {
            edits.tellInjected(injection.octets, injection.rule, at: edits.flows.server.seen, time)
            perform(.inject(.server, injection.octets))
        }
        wire.injections = []
    }

    /// Nothing completes these commands: what follows them has a meaning again.
    mutating func giveUp(_ edits: EditStage, at time: Timestamp) {
        guard let wire = edits.wire else { return }
        while let exchange = wire.unanswered.first {
            wire.unanswered.removeFirst()
            self.session.giveUp(exchange, at: time)
        }
    }

    // MARK: - The end

    /// Passes a FIN on that had to wait for what was kept back.
    private mutating func closeBehind(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard edits.flows[direction].hasEnded, !edits.flows[direction].isWaiting else { return }
        edits.flows[direction].hasEnded = false
        if !edits.flows[direction].isCut { perform(.closeOutput(direction)) }
        self.endWhenBothClosed(at: time, perform)
    }

    /// A stream has ended, and everything of it that nothing keeps back has left.
    mutating func closedBehindRules(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        edits.flows[direction].hasEnded = true
        self.advance(edits, direction, at: time, perform)
        guard self.phase != .ended else { return }
        self.advance(edits, direction.opposite, at: time, perform)
    }

    mutating func endWhenBothClosed(at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        let isWaiting = self.edits.map { $0.flows.client.hasEnded || $0.flows.server.hasEnded } ?? false
        if self.clientClosed, self.serverClosed, !isWaiting {
            self.end(.close, at: time, perform)
        } else if self.isDraining {
            self.interrupt(at: time, perform)
        }
    }
}
