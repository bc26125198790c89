import IMAPProtocol
import IMAPWire
import SASL
import Traffic

// MARK: - The server's direction

extension Session {
    mutating func readServer(_ bytes: RawSpan, at time: Timestamp) {
        // A switch counts within the chunk that brought it: these octets were handed in as what they are. A line that a gap
        // cut off leaves one behind.
        self.serverSwitched = false
        var cursor = 0
        while let frame = self.server.next(in: bytes, cursor: &cursor) {
            switch frame {
            case .message(let message):
                switch message.text {
                case .chunk(let range):
                    self.serverMessage(message, bytes.extracting(range), at: time)
                case .assembled:
                    let text = self.server.assembledText
                    self.serverMessage(message, text.span.bytes, at: time)
                }
                if self.serverSwitched || self.possibleLayer != nil {
                    guard self.goesOn(with: bytes.extracting(cursor..<bytes.byteCount), at: time) else { return }
                }
            case .literalOctets(let range, let remaining):
                if let literal = self.server.currentLiteral, literal.size > UInt64(self.options.limits.literalPrefix) {
                    self.tellLiteral(literal, bytes.extracting(range), remaining: remaining, .server, at: time)
                }
            case .opaque(let range):
                self.opaqueFromServer(bytes.extracting(range), at: time)
            case .literalAwaited:
                break
            }
        }
        if self.server.literalRemaining != nil { self.literalWatch.keep(bytes) } else { self.literalWatch.reset() }
    }

    /// Whether the rest of a chunk is read on, behind a line that may change what it is.
    private mutating func goesOn(with rest: RawSpan, at time: Timestamp) -> Bool {
        guard self.serverSwitched else {
            if rest.byteCount > 0 { self.decideSecurityLayer(rest[0], at: time) }
            return true
        }
        self.serverSwitched = false
        if self.isInflating {
            self.take(rest, from: .server, at: time)
        } else if self.isCompressed {
            self.unreadOctets = rest.byteCount
        } else {
            return true
        }
        return false
    }

    /// The rest of the chunk in which the language changed.
    private mutating func opaqueFromServer(_ octets: RawSpan, at time: Timestamp) {
        if self.opaqueLayer == .tls, !(0x14...0x17).contains(octets[0]) {
            let offset = self.server.offset - UInt64(octets.byteCount)
            self.report(.serverOctetsAfterSwitch(octets.byteCount, at: offset), at: time)
        }
        if self.keepsEncrypted(octets, .server, at: time) {
            self.server.discount(octets: UInt64(octets.byteCount))
            return
        }
        self.tellOpaque(octets.byteCount, .server, at: time)
    }

    mutating func serverMessage(
        _ frame: MessageFrame,
        _ text: RawSpan,
        at time: Timestamp,
        findings: [Finding] = []
    ) {
        let head = ResponseHead(text)
        var message = self.message(.untagged, .server, frame, at: time)
        let wire = self.wireFindings(frame, text, .server)
        message.quirks = wire.0
        if !wire.1.isEmpty || !findings.isEmpty { message.findings = findings + wire.1 }
        message.tag = head.tag
        message.name = head.name
        message.response = head.response
        message.sequenceNumber = head.number
        message.arguments = head.arguments
        let secrets = SecretClassifier.secrets(in: text, response: head.response)
        if !secrets.isEmpty { message.secrets = Self.masks(secrets, frame) }
        if self.lostServer {
            guard self.isPlausible(text) else {
                // Told as what it looks like, for a client may take it for that; nothing follows from it.
                switch head.kind {
                case .untagged: message.kind = .untagged
                case .continuation: message.kind = .continuation
                case .tagged: message.kind = .tagged
                case .unparsed: message.kind = .unparsed
                }
                self.emit(message, text: text)
                return
            }
            self.lostServer = false
            message.findings.append(.resynchronised(.server, at: frame.offset))
        }
        let quirks = self.responseQuirks(head, text, frame)
        if !quirks.isEmpty { message.findings += quirks }
        if !frame.literals.isEmpty {
            let overrun = self.overlongLiteral(head, frame, text)
            if !overrun.isEmpty {
                message.findings += overrun
                self.lostServer = true
            }
        }

        if self.state == .greeting, head.kind != .untagged || !self.greeting(&message, head, text) {
            message.findings.append(.missingGreeting(at: frame.offset))
            self.state = .notAuthenticated
        }
        switch head.kind {
        case .untagged: self.untagged(&message, head, text)
        case .continuation: self.continuation(&message, head, text)
        case .tagged: self.tagged(&message, head, text)
        case .unparsed:
            message.kind = .unparsed
            message.findings.append(
                Self.isBlank(text) ? .emptyLine(.server, at: frame.offset) : .unparsed(.server, at: frame.offset)
            )
            self.emit(message, text: text)
        }
    }

    /// The first line (RFC 9051 section 7.1). Returns false when it is something else.
    private mutating func greeting(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan) -> Bool {
        switch head.status {
        case .ok: self.changeState(to: .notAuthenticated, &message)
        case .preauth: self.changeState(to: .authenticated, &message)
        case .bye: self.changeState(to: .logout, &message)
        case .no, .bad, nil: return false
        }
        message.kind = .greeting
        return true
    }

    // MARK: - Untagged

    private mutating func untagged(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan) {
        switch head.response {
        case .capability:
            self.capabilities = CapabilityList(text, head.arguments..<ResponseHead.contentEnd(text))
        case .ok, .no, .bad, .preauth:
            self.statusCode(head, text)
        case .bye:
            self.statusCode(head, text)
            if message.kind != .greeting { self.changeState(to: .logout, &message) }
        default: break
        }
        if self.state == .notAuthenticated, let response = head.response, Self.needsAuthentication(response) {
            message.findings.append(.responseInWrongState(response.rawValue, self.state, at: message.offset))
        }
        if head.response != .fetch || !self.tracker.isRoutine(head, text) {
            self.tracker.untagged(&message, head, text, self.mailboxContext)
        }
        if message.kind != .greeting, let index = self.exchange(answeredBy: head.response) {
            self.countAnswer(at: index, octets: message.length, isUntagged: true, at: message.time)
            message.exchange = self.running[index].number
        }
        self.emit(message, text: text)
    }

    /// Mailbox data cannot come before a login (RFC 9051 section 11.3 warns of injected responses).
    private static func needsAuthentication(_ response: Response) -> Bool {
        switch response {
        case .ok, .no, .bad, .bye, .preauth, .capability, .id, .enabled, .language, .noop: false
        default: true
        }
    }

    private func hasCapabilityCode(_ head: ResponseHead, _ text: RawSpan) -> Bool {
        let prefix = head.arguments..<(head.arguments + 12)
        return prefix.upperBound <= text.byteCount && text.matches(prefix, "[CAPABILITY ")
    }

    /// A capability list in a response code (RFC 9051 section 7.1).
    private mutating func statusCode(_ head: ResponseHead, _ text: RawSpan) {
        let prefix = head.arguments..<(head.arguments + 12)
        guard self.hasCapabilityCode(head, text) else { return }
        var end = prefix.upperBound
        while end < text.byteCount, text[end] != UInt8(ascii: "]"), text[end] != 0x0A { end += 1 }
        self.capabilities = CapabilityList(text, prefix.upperBound..<end)
    }

    // MARK: - Continuation requests

    private mutating func continuation(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan) {
        message.kind = .continuation
        if self.forwarding != 0, self.answering == 0 {
            self.answered(self.forwarding, &message)
            self.emit(message, text: text)
            return
        }
        guard let gate = self.gate else {
            message.findings.append(.unsolicitedContinuation(at: message.offset))
            self.emit(message, text: text)
            return
        }
        switch gate {
        case .literal:
            self.answered(gate.exchange, &message)
            self.gate = nil
            self.client.acceptLiteral()
        case .authenticate:
            self.answered(gate.exchange, &message)
            self.challenge(&message, text, from: head.arguments)
            self.gate = nil
            self.client.language = .lines
        case .idle:
            self.answered(gate.exchange, &message)
            self.gate = nil
            self.client.language = .lines
        case .starttls, .compress, .unauthenticate:
            message.findings.append(.unsolicitedContinuation(at: message.offset))
        }
        let since = self.heldSince
        self.emit(message, text: text, secrets: message.sasl?.secrets ?? [])
        self.drainHeld(at: max(since, message.time))
    }

    private mutating func answered(_ exchange: Int, _ message: inout Message) {
        message.exchange = exchange
        if let index = self.running.firstIndex(where: { $0.number == exchange }) {
            self.countAnswer(at: index, octets: message.length, isUntagged: false, at: message.time)
        }
    }

    // MARK: - Tagged

    private mutating func tagged(_ message: inout Message, _ head: ResponseHead, _ text: RawSpan) {
        message.kind = .tagged
        self.statusCode(head, text)
        let tag = text.latin1(head.tag)
        guard let status = head.status, let index = self.exchange(completedBy: tag) else {
            // Its command may be among what the source does not have.
            if !self.isPartial {
                message.findings.append(.unknownTag(Self.shownTag(tag), at: message.offset))
                message.findings += self.strayCompletionQuirks(tag, at: message.offset)
            }
            self.emit(message, text: text)
            return
        }
        let number = self.running[index].number
        self.refuseLiteral(of: number, status, tag, &message)
        self.countAnswer(at: index, octets: message.length, isUntagged: false, at: message.time)
        var exchange = self.running.remove(at: index)
        exchange.ended = message.time
        exchange.status = status
        let quirks = self.completionQuirks(exchange, status, at: message.offset)
        if !quirks.isEmpty { message.findings += quirks }
        message.exchange = number
        message.completes = exchange
        if exchange.hidesTag { message.secrets.append(SecretRange(head.tag, showsLength: false)) }
        if self.sending == number { self.sending = 0 }
        let wasGated = self.gate?.exchange == number
        if wasGated { self.gate = nil }
        self.tracker.completed(exchange, status, mailbox: self.selecting[number], head, text, &message)
        self.completed(exchange, status, head, text, &message)
        self.emit(message, text: text)
        if wasGated { self.drainHeld(at: message.time) }
    }

    /// The command in progress that a tagged response completes. A STARTTLS that imapscope answers is completed by
    /// nothing that the server says.
    private func exchange(completedBy tag: String) -> Int? {
        // Closures hold what they compare, not a copy of the session.
        if self.answering != 0 { return self.running.firstIndex { [answering] in $0.number == answering } }
        return self.running.firstIndex { [ownSTARTTLS] in $0.tag == tag && $0.number != ownSTARTTLS }
    }

    /// A tagged NO or BAD in place of `+` refuses the literal: its octets are never sent (RFC 9051 section 4.3).
    private mutating func refuseLiteral(of exchange: Int, _ status: Status, _ tag: String, _ message: inout Message) {
        if case .literal(exchange) = self.gate {
            let size = self.client.currentLiteral?.size ?? 0
            guard let frame = self.client.refuseLiteral() else { return }
            let end = frame.offset + frame.length
            // With OK the server claims to have executed what it has not got; the client will not send the rest.
            if status == .ok {
                message.findings.append(.completionBeforeCommand(Self.shownTag(tag), at: message.offset))
            }
            let command = self.client.assembledText
            self.sending = exchange
            self.clientMessage(
                frame,
                command.span.bytes,
                at: message.time,
                findings: status == .ok ? [] : [.literalRefused(size, at: end)]
            )
            if status != .ok, !self.held.isEmpty {
                let detail = "\(self.held.count) octets"
                message.findings.append(.quirk(.refusedLiteralSent, .client, at: self.client.offset, detail: detail))
            }
            return
        }
        if self.sending == exchange, self.client.isInsideMessage, status == .ok {
            message.findings.append(.completionBeforeCommand(Self.shownTag(tag), at: message.offset))
        }
    }

    private static func shownTag(_ tag: String) -> String {
        tag.count <= 32 ? tag : "of \(tag.count) characters"
    }

    /// What a completion changes.
    private mutating func completed(
        _ exchange: Exchange,
        _ status: Status,
        _ head: ResponseHead,
        _ text: RawSpan,
        _ message: inout Message
    ) {
        switch exchange.command {
        case .authenticate: self.authenticationEnded(exchange, status, &message)
        case .login: self.loginEnded(exchange, status, &message)
        case .idle:
            if self.idle == exchange.number { self.idle = 0 }
            if self.authentication == nil { self.client.language = .commands }
        case .select, .examine:
            if status == .ok {
                self.mailbox = self.selecting.removeValue(forKey: exchange.number)
                self.changeState(to: .selected, &message)
            } else if self.selecting.removeValue(forKey: exchange.number) != nil, self.state == .selected, status == .no
            {
                // A failed SELECT leaves no mailbox selected (RFC 9051 section 6.3.2).
                self.mailbox = nil
                self.changeState(to: .authenticated, &message)
            }
        case .close, .unselect:
            if status == .ok {
                self.mailbox = nil
                self.changeState(to: .authenticated, &message)
            }
        case .unauthenticate:
            if status == .ok {
                self.mailbox = nil
                self.user = nil
                // What was offered to the user who left need not be offered now (RFC 8437 section 2).
                if !self.hasCapabilityCode(head, text) { self.capabilities = CapabilityList() }
                self.changeState(to: .notAuthenticated, &message)
                self.endCompression()
            }
        case .logout:
            if status == .ok, self.state != .logout { self.changeState(to: .logout, &message) }
        case .starttls:
            guard status == .ok else { break }
            if self.answering != 0 { self.clientTLSBegins(&message) } else { self.switchTransport(.tls, &message) }
        case .compress:
            if status == .ok { self.beginCompression(&message) }
        case .some, nil: break
        }
    }

    mutating func changeState(to state: SessionState, _ message: inout Message) {
        guard state != self.state || state == .selected else { return }
        let from = self.state
        self.state = state
        let mailbox = state == .selected ? self.mailbox : nil
        message.consequences.append(.stateChanged(from: from, to: state, mailbox: mailbox, time: message.time))
    }

    /// From here on both streams speak another language: the server's from the octet after this line, the client's from
    /// the octet after its command (RFC 9051 section 6.2.1).
    private mutating func switchTransport(_ layer: TransportChange.Layer, _ message: inout Message) {
        let change = TransportChange(
            layer: layer,
            clientOffset: self.client.offset,
            serverOffset: message.offset + message.length,
            time: message.time
        )
        if !self.held.isEmpty {
            let first = self.held.withBytes { $0[0] }
            if layer != .tls || !(0x14...0x17).contains(first) {
                message.findings.append(
                    .octetsBeforeSwitch(self.held.count, layer: layer.rawValue, at: self.client.offset)
                )
            }
        }
        self.capabilities = CapabilityList()
        self.becomeOpaque(layer)
        message.consequences.append(.transportChange(change))
    }
}
