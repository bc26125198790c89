import IMAPProtocol
import IMAPSession
import Traffic

// MARK: - Octets that may have to change

extension ProxyConnection {
    /// Reads octets and passes on what of them is decided.
    mutating func inspect(
        _ edits: EditStage,
        _ bytes: RawSpan,
        from direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let goesFirst = self.mayGoFirst(edits, bytes, direction)
        edits.flows[direction].seen += UInt64(bytes.byteCount)
        if goesFirst {
            perform(.forward(direction, 0..<bytes.byteCount))
            edits.flows[direction].passed = edits.flows[direction].seen
        }
        if direction == .server, self.session.awaitsCompression { self.chooseCompression(edits) }
        if let wire = edits.wire {
            wire.allowsInitialResponse = self.session.capabilities.contains("SASL-IR")
            wire.reading(bytes, direction) { self.session.receive(bytes, from: direction, at: time) }
            self.giveUp(edits, at: time)
        } else {
            self.session.receive(bytes, from: direction, at: time)
        }
        if self.session.isCompressed, !self.session.isInflating, self.termination == nil {
            return self.terminateCompression(edits, bytes, at: time, perform)
        }
        if !goesFirst {
            if edits.rules.guardsCredentials, self.session.isOpaque {
                edits.refusal = .unreadableBeforeClientTLS
            }
            if let refusal = edits.refusal { return self.refuse(refusal, at: time, perform) }
            let end = self.decided(edits, bytes, direction, at: time)
            if let refusal = edits.refusal { return self.refuse(refusal, at: time, perform) }
            edits.flows[direction].pass(upTo: end, of: bytes, direction, perform: perform)
            self.dropExcess(edits, direction)
        }
        if edits.wire != nil { self.advance(edits, direction, at: time, perform) }
        guard self.phase != .ended else { return }
        // What the server said may have told what the client's octets mean.
        self.advance(edits, direction.opposite, at: time, perform)
        guard self.phase != .ended else { return }
        if edits.wire != nil { self.speak(edits, at: time, perform) }
        self.answer(edits, at: time, perform)
        self.noteLogin(perform)
    }

    /// Whether no edit can apply to `bytes`, whatever they are a part of: inspection must not delay them then.
    private func mayGoFirst(_ edits: EditStage, _ bytes: RawSpan, _ direction: Direction) -> Bool {
        let flow = edits.flows[direction]
        guard flow.held.isEmpty, flow.isAtRest, !edits.rules.guardsCredentials
        else { return false }
        if direction == .client, !edits.answers.isEmpty { return false }
        if self.session.isOpaque || edits.isBlind { return true }
        // The octets behind the answer, and behind the command, may have to be inflated.
        if self.session.awaitsCompression { return false }
        if self.session.literalRemaining(direction) >= UInt64(bytes.byteCount) { return true }
        if edits.wire?.source.mayApply(direction) == true { return false }
        switch direction {
        case .server:
            guard edits.editsLists else { return true }
            guard self.session.state != .greeting, !ChunkScan.contains(edits.listWord, in: bytes) else {
                return false
            }
            guard let tail = self.lastLine(bytes, flow) else { return true }
            return tail == bytes.byteCount
                || !CapabilityLine.canBegin(with: bytes.extracting(tail..<bytes.byteCount))
        case .client:
            guard !edits.heldWords.isEmpty else { return true }
            for word in edits.heldWords where ChunkScan.contains(word, in: bytes) { return false }
            guard let tail = self.lastLine(bytes, flow) else { return true }
            return tail == bytes.byteCount
                || !RefusedCommandLine.canBegin(
                    with: bytes.extracting(tail..<bytes.byteCount),
                    edits.heldCommands
                )
        }
    }

    /// Where in `bytes` a message may begin that goes on in the next chunk; nil when none does.
    private func lastLine(_ bytes: RawSpan, _ flow: EditedFlow) -> Int? {
        ChunkScan.lastLine(of: bytes) ?? (flow.isAtBoundary ? 0 : nil)
    }

    mutating func settleHeld(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard !edits.flows[direction].held.isEmpty else { return }
        self.settle(edits, direction, at: time, perform)
    }

    mutating func settle(
        _ edits: EditStage,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let end = self.decided(edits, RawSpan(), direction, at: time)
        edits.flows[direction].pass(upTo: end, of: RawSpan(), direction, perform: perform)
    }

    /// The offset up to which it is known how the octets leave.
    mutating func decided(_ edits: EditStage, _ chunk: RawSpan, _ direction: Direction, at time: Timestamp)
        -> UInt64
    {
        let flow = edits.flows[direction]
        guard !self.session.isOpaque, !edits.isBlind else { return flow.seen }
        // The session waits for the answer, and so does everything behind the refused command.
        if direction == .client, !edits.answers.isEmpty { return flow.messageEnd }
        if direction == .client, self.session.awaitsCompression { return max(flow.messageEnd, flow.passed) }
        if flow.isDropping || self.rulesHoldTail(edits, chunk, direction, at: time) { return flow.messageEnd }
        let mayNeedEdit = flow.withTail(of: chunk) { tail in
            guard tail.byteCount > 0 else { return false }
            return direction == .server
                ? edits.editsLists && CapabilityLine.canBegin(with: tail)
                : RefusedCommandLine.canBegin(
                    with: tail,
                    edits.heldCommands,
                    orOneWord: edits.rules.guardsCredentials
                )
        }
        guard mayNeedEdit == true else { return flow.seen }
        guard flow.seen - flow.messageEnd <= UInt64(self.options.heldOctets) else {
            // What may be a credential is thrown away instead.
            if direction == .client, edits.rules.guardsCredentials { return flow.messageEnd }
            edits.tellTooLate(direction, flow.messageEnd, "an edit", time)
            return flow.seen
        }
        return flow.messageEnd
    }

    /// A command that will be answered here needs no memory.
    private func dropExcess(_ edits: EditStage, _ direction: Direction) {
        if edits.wire != nil, edits.flows[direction].isDropping, edits.flows[direction].steps.isEmpty {
            edits.flows[direction].drop()
        }
        guard direction == .client else { return }
        let flow = edits.flows.client
        guard edits.rules.guardsCredentials, edits.answers.isEmpty, !flow.held.isEmpty else { return }
        guard flow.isDropping || flow.held.count > self.options.heldOctets else { return }
        edits.flows.client.drop()
    }

    /// Answers commands that the server does not get, as soon as its stream stands between two messages.
    mutating func answer(_ edits: EditStage, at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        while let answer = edits.answers.first, self.session.state != .greeting, !self.serverClosed,
            edits.flows.server.isAtBoundary, edits.flows.server.isClear
        {
            if case .rule(let said, let rule, let beginsTLS) = answer.kind {
                let goesOn = self.answer(said, rule, beginsTLS, answer, edits, at: time, perform)
                guard goesOn else { return }
                continue
            }
            let line: String
            let cause: String
            var begins = false
            switch answer.kind {
            case .startTLS
            where answer.exchange != 0 && self.session.state == .notAuthenticated && !self.session.isCompressed:
                // Answers that are still due would reach the client under TLS, or not at all.
                if self.session.hasCommandsInProgress(beside: answer.exchange) {
                    self.setPause(.answerPending, .client, true, perform)
                    return
                }
                begins = true
                (line, cause) = ("\(answer.tag) OK Begin TLS negotiation now", "STARTTLS on the client leg")
            case .startTLS:
                line = "\(answer.tag) BAD imapscope: STARTTLS comes before the login"
                cause = "RFC 9051 section 6.2.1"
            case .refusal(let refusal):
                let status = answer.tag == "*" ? "BAD" : refusal.status.name
                (line, cause) = ("\(answer.tag) \(status) \(refusal.text)", refusal.cause)
            case .continuation:
                (line, cause) = ("+ imapscope: go on", "a rule has to see the literal first")
            case .challenge(let text, let rule):
                (line, cause) = ("+ \(text)", rule)
            case .rule: return
            }
            edits.answers.removeFirst()
            self.send(line, answer, cause: cause, edits, at: time, perform)
            if begins {
                self.clientBeginsTLS(edits, perform)
                return
            }
            self.advance(edits, .client, at: time, perform)
            guard self.phase != .ended else { return }
        }
        if edits.flows.server.isCut { self.forgetAnswers(edits, at: time) }
        if self.session.isOpaque { edits.answers = [] }
        self.setPause(.answerPending, .client, !edits.answers.isEmpty, perform)
    }

    /// Says a line to the client where the server could have said it; the session reads it there too.
    private mutating func send(
        _ text: String,
        _ answer: EditStage.PendingAnswer,
        cause: String,
        _ edits: EditStage,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let line = Self.status(text)
        self.observer.event(
            .edit(
                Edit(
                    direction: .client,
                    offset: answer.offset,
                    cause: cause,
                    before: answer.before,
                    after: line.text,
                    time: time
                )
            )
        )
        perform(.inject(.server, line.octets))
        self.hear(line.octets, answer.exchange, edits, at: time)
    }

    /// The session reads what was said to the client in the server's place.
    mutating func hear(_ line: [UInt8], _ exchange: Int, _ edits: EditStage, at time: Timestamp) {
        edits.isAnswering = true
        // What the line sets free may be a message of the client that is kept back.
        self.session.receiveAnswer(line.span.bytes, to: exchange, at: time)
        edits.isAnswering = false
    }
}
