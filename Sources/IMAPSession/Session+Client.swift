import IMAPProtocol
import IMAPWire
import SASL
import Traffic

// MARK: - The client's direction

extension Session {
    mutating func readClient(_ bytes: RawSpan, at time: Timestamp) {
        var cursor = 0
        while cursor < bytes.byteCount || self.client.isInsideMessage {
            if self.opaqueLayer != nil {
                self.read(bytes.extracting(cursor..<bytes.byteCount), from: .client, at: time)
                return
            }
            if self.gate != nil {
                if cursor < bytes.byteCount { self.hold(bytes.extracting(cursor..<bytes.byteCount), at: time) }
                return
            }
            if !self.client.isInsideMessage { self.commandBegan = time }
            guard let frame = self.client.next(in: bytes, cursor: &cursor) else { return }
            switch frame {
            case .message(let message):
                switch message.text {
                case .chunk(let range):
                    self.clientMessage(message, bytes.extracting(range), at: time)
                case .assembled:
                    let text = self.client.assembledText
                    self.clientMessage(message, text.span.bytes, at: time)
                }
            case .literalAwaited(let literal):
                self.literalAwaited(literal, at: time)
            case .literalOctets(let range, let remaining):
                self.clientLiteral(bytes.extracting(range), remaining: remaining, at: time)
            case .opaque:
                break
            }
        }
    }

    /// A command, or a line of AUTHENTICATE or IDLE, is complete.
    mutating func clientMessage(
        _ frame: MessageFrame,
        _ text: RawSpan,
        at time: Timestamp,
        findings: [Finding] = []
    ) {
        if self.state == .greeting, self.server.offset == 0 {
            self.report(.clientBeforeGreeting(at: frame.offset), at: time)
        }
        if frame.complete, self.server.literalRemaining != nil { self.suspectLiteral() }
        if self.client.language == .lines {
            if let authentication = self.authentication {
                self.saslLine(frame, text, authentication.exchange, at: time, findings: findings)
                return
            }
            if self.idle != 0 {
                self.idleLine(frame, text, at: time, findings: findings)
                return
            }
        }
        self.command(frame, text, at: time, findings: findings)
    }

    private mutating func command(_ frame: MessageFrame, _ text: RawSpan, at time: Timestamp, findings: [Finding]) {
        var message = self.message(.command, .client, frame, at: time)
        let wire = self.wireFindings(frame, text, .client)
        message.quirks = wire.0
        message.findings = findings + wire.1
        let head = CommandHead(text, tokenizer: &self.tokenizer)
        let classified = SecretClassifier.secrets(
            in: text,
            head: head,
            authenticated: self.state == .authenticated || self.state == .selected,
            tokenizer: &self.tokenizer
        )
        message.secrets = Self.masks(classified.ranges, frame)
        guard let head, !head.name.isEmpty else {
            message.kind = .unparsed
            message.findings.append(
                head == nil && Self.isBlank(text)
                    ? .emptyLine(.client, at: frame.offset) : .unparsed(.client, at: frame.offset)
            )
            if frame.offset == 0, !message.quirks.isDisjoint(with: [.nul, .control]) {
                message.findings.append(.quirk(.notIMAP, .client, at: 0))
            }
            self.sending = 0
            self.emit(message, text: text, secrets: classified.values)
            return
        }
        message.tag = head.tag
        message.name = head.name
        message.command = head.command
        message.isUID = head.isUID
        message.arguments = head.arguments
        let checks = CommandChecks.findings(
            head,
            text,
            frame: frame,
            state: self.state,
            isPipelined: !self.running.isEmpty && self.sending == 0,
            literalTail: self.client.literalTail
        )
        if !checks.isEmpty { message.findings += checks }
        let quirks = self.commandQuirks(head, text, frame)
        if !quirks.isEmpty { message.findings += quirks }

        var pairing: [Finding] = []
        let number = self.exchangeSent(head, text, frame, at: time, findings: &pairing)
        if !pairing.isEmpty { message.findings += pairing }
        message.exchange = number
        if frame.complete, !frame.literalRefused {
            self.tracker.command(&message, head, text, self.mailboxContext)
        }
        let isSent = frame.complete && !frame.literalRefused && number != 0
        if isSent { self.expectAnswers(head, text, exchange: number) }
        if isSent { self.commandSent(head, text, exchange: number, login: classified.login, at: time) }
        var values = classified.values
        if isSent { values += self.initialResponse(head, text, &message) }
        self.emit(message, text: text, secrets: values)
    }

    /// What the command changes as soon as it has been sent.
    private mutating func commandSent(
        _ head: CommandHead,
        _ text: RawSpan,
        exchange: Int,
        login: SecretClassifier.Login?,
        at time: Timestamp
    ) {
        switch head.command {
        case .authenticate: self.beginAuthentication(head, text, exchange: exchange, at: time)
        case .login: self.beginLogin(login, exchange: exchange)
        case .idle:
            self.idle = exchange
            self.gate = .idle(exchange: exchange)
        case .starttls:
            self.gate = .starttls(exchange: exchange)
            if self.answersSTARTTLS { self.ownSTARTTLS = exchange }
        case .compress: self.gate = .compress(exchange: exchange)
        case .unauthenticate:
            if self.isCompressed { self.gate = .unauthenticate(exchange: exchange) }
        case .select, .examine:
            self.tokenizer.reset(to: head.arguments)
            if let name = self.tokenizer.next(in: text), name.isString {
                self.selecting[exchange] = String(decoding: text.stringOctets(of: name), as: UTF8.self)
            }
        case .some, nil: break
        }
    }

    /// `DONE`, or something that may not be sent during IDLE.
    private mutating func idleLine(_ frame: MessageFrame, _ text: RawSpan, at time: Timestamp, findings: [Finding]) {
        let range = CommandHead.skipPadding(text)..<Self.trimmedEnd(text)
        self.client.language = .commands
        let exchange = self.idle
        self.idle = 0
        guard text.matches(range, "DONE") else {
            // A command here ends IDLE on most servers; it is read as what it looks like.
            self.command(frame, text, at: time, findings: findings + [.commandDuringIdle(at: frame.offset)])
            return
        }
        var message = self.message(.done, .client, frame, at: time)
        let wire = self.wireFindings(frame, text, .client)
        message.quirks = wire.0
        message.findings = findings + wire.1
        message.exchange = exchange
        message.name = range
        self.checkIdle(exchange, &message)
        self.updateExchange(exchange) {
            $0.clientOctets += frame.length
            // The server cannot complete IDLE before DONE: latency counts from here.
            $0.sent = time
        }
        self.emit(message, text: text)
    }

    // MARK: - Literals

    private mutating func literalAwaited(_ literal: LiteralRecord, at time: Timestamp) {
        if self.sending == 0 {
            let text = self.client.assembledText
            if let head = CommandHead(text.span.bytes, tokenizer: &self.tokenizer), !head.name.isEmpty {
                self.sending = self.beginExchange(head, text.span.bytes, at: self.commandBegan)
            }
        }
        // A line without a tag cannot be answered: nothing would ever open the gate.
        guard self.sending != 0 else {
            self.client.acceptLiteral()
            return
        }
        self.gate = .literal(exchange: self.sending)
        self.announce(at: time)
    }

    /// Shows a command up to the literal that it waits for, where a person expects it: before the server's answer.
    private mutating func announce(at time: Timestamp) {
        let text = self.client.assembledText
        guard let message = self.partialCommand(text.span.bytes, at: time) else { return }
        self.observer.announced(message, text: text.span.bytes)
    }

    private mutating func clientLiteral(_ octets: RawSpan, remaining: UInt64, at time: Timestamp) {
        guard let literal = self.client.currentLiteral, literal.size > UInt64(self.options.limits.literalPrefix) else {
            return
        }
        let head = self.client.assembledText
        let command = CommandHead(head.span.bytes, tokenizer: &self.tokenizer)?.command
        // Only message data is shown while it passes: other long literals are arguments, and one may be a password.
        guard command == .append || command == .replace else { return }
        self.tellLiteral(literal, octets, remaining: remaining, .client, at: time)
    }

    mutating func tellLiteral(
        _ literal: LiteralRecord,
        _ octets: RawSpan,
        remaining: UInt64,
        _ direction: Direction,
        at time: Timestamp
    ) {
        self.tellPassing(literal, direction, at: time)
        let piece = LiteralPiece(
            direction: direction,
            time: time,
            messageOffset: direction == .client ? self.client.currentMessageOffset : self.server.currentMessageOffset,
            literal: literal,
            position: literal.received - UInt64(octets.byteCount),
            isLast: remaining == 0
        )
        self.observer.literal(piece, octets: octets)
    }

    // MARK: - Octets whose meaning the server decides

    mutating func hold(_ bytes: RawSpan, at time: Timestamp) {
        if self.held.isEmpty {
            self.heldSince = time
            if case .literal = self.gate {
                self.report(.literalNotAwaited(bytes.byteCount, at: self.client.offset), at: time)
            }
        }
        guard self.held.count + bytes.byteCount <= self.options.heldOctets else {
            if case .starttls(self.ownSTARTTLS) = self.gate { return self.throwAway(bytes) }
            self.holdOverflow(bytes, at: time)
            return
        }
        self.held.append(bytes)
    }

    /// Too much to keep behind a STARTTLS that imapscope answers: it will be thrown away in any case.
    private mutating func throwAway(_ bytes: RawSpan) {
        self.client.skip(octets: UInt64(bytes.byteCount))
        self.discarded += bytes.byteCount
    }

    /// Too much to keep. A client that sends a long literal unasked takes the answer for granted, and so does the session
    /// while nearly all that was sent lies in that literal (what lies behind can be held). Anything else cannot be attributed any more, and is relayed unread.
    private mutating func holdOverflow(_ bytes: RawSpan, at time: Timestamp) {
        self.report(.desynchronised(.client, held: self.options.heldOctets, at: self.client.offset), at: time)
        if case .literal = self.gate, let literal = self.client.currentLiteral,
            literal.size + UInt64(self.options.heldOctets) >= UInt64(self.held.count + bytes.byteCount)
        {
            self.client.acceptLiteral()
            self.gate = nil
        } else {
            self.loseClient(at: time)
        }
        self.drainHeld(at: time)
        self.read(bytes, from: .client, at: time)
    }

    /// The gate is open: reads what was kept.
    mutating func drainHeld(at time: Timestamp) {
        if self.gate == nil, !self.held.isEmpty {
            let bytes = self.held.takeAll()
            self.read(bytes.span.bytes, from: .client, at: time)
        }
        if self.gate == nil, !self.heldCompressed.isEmpty {
            let bytes = self.heldCompressed.takeAll()
            self.take(bytes.span.bytes, from: .client, at: time)
        }
    }

    /// The connection ended before the server decided: what was kept is read as the most plausible thing.
    mutating func releaseHeldAtEnd(at time: Timestamp) {
        while self.gate != nil {
            switch self.gate {
            case .literal:
                if self.held.isEmpty {
                    self.gate = nil
                    return
                }
                self.client.acceptLiteral()
            case .authenticate, .idle: self.client.language = .lines
            case .starttls, .compress, .unauthenticate, nil: break
            }
            self.gate = nil
            self.drainHeld(at: time)
        }
    }

    // MARK: - Text

    static func isBlank(_ text: RawSpan) -> Bool {
        for index in 0..<text.byteCount where ![0x20, 0x0D, 0x0A, 0].contains(text[index]) { return false }
        return true
    }

    /// The end of a line's content without trailing spaces.
    static func trimmedEnd(_ text: RawSpan) -> Int {
        var end = ResponseHead.contentEnd(text)
        while end > 0, text[end - 1] == 0x20 { end -= 1 }
        return max(end, CommandHead.skipPadding(text))
    }
}
