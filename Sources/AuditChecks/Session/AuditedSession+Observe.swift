import IMAPProtocol
import IMAPSession
import SASL
import Traffic

extension AuditedSession {
    /// What a message says, before the checks look at it.
    func observe(_ message: Message, _ audit: Audit) {
        switch message.kind {
        case .greeting:
            guard message.direction == .server, self.greeting == nil else { return }
            self.greetingStatus = message.status
            self.greeting = String(audit.words(message.arguments..<audit.text.count).prefix(512))
        case .command: self.observeCommand(message, audit)
        case .continuation:
            if self.startTLS == .asked { self.startTLS = .unanswered }
        case .tagged: self.observeCompletion(message, audit)
        default: break
        }
        if let step = message.sasl, self.attempt != nil {
            self.noteSecurity()
            guard (self.attempt?.steps.count ?? 0) < AuthenticationAttempt.stepLimit else { return }
            self.attempt?.steps.append(
                AuthenticationAttempt.Step(
                    direction: message.direction,
                    step: step,
                    offset: message.offset,
                    time: message.time
                )
            )
        }
    }

    private func observeCommand(_ message: Message, _ audit: Audit) {
        self.commands += 1
        switch message.command {
        case .starttls:
            if self.startTLS != .established { self.startTLS = .asked }
        case .login: self.begin(AuthenticationAttempt.loginCommand, message, audit)
        case .authenticate:
            let arguments = audit.words(message.arguments..<audit.text.count).split { $0.isWhitespace }
            self.begin(arguments.first.map { $0.uppercased() } ?? "", message, audit)
            self.attempt?.hasInitialResponse = arguments.count > 1
        default: break
        }
    }

    private func begin(_ mechanism: String, _ message: Message, _ audit: Audit) {
        self.attempt = AuthenticationAttempt(
            mechanism: mechanism,
            offset: message.offset,
            began: message.time,
            line: EvidencePlace.cut(audit),
            packet: message.packet,
            clientIsSecure: self.clientIsSecure,
            serverIsSecure: self.serverIsSecure,
            offer: self.offer
        )
    }

    private func noteSecurity() {
        self.attempt?.clientIsSecure = self.clientIsSecure
        self.attempt?.serverIsSecure = self.serverIsSecure
    }

    private func observeCompletion(_ message: Message, _ audit: Audit) {
        guard let exchange = message.completes else { return }
        switch exchange.command {
        case .starttls:
            guard self.startTLS != .established else { return }
            switch message.status {
            case .ok: self.startTLS = .accepted
            case .no: self.startTLS = .refused(.no)
            case .bad: self.startTLS = .refused(.bad)
            default: self.startTLS = .unanswered
            }
        case .login, .authenticate:
            let text = audit.words(message.arguments..<audit.text.count)
            self.attempt?.answer = String(text.prefix(512)).trimmedLine
            self.attempt?.code = Self.code(of: text)
            self.attempt?.ended = message.time
        default: break
        }
    }

    /// The word of the response code at the beginning of a status text.
    static func code(of text: String) -> String? {
        guard text.first == "[" else { return nil }
        let word = text.dropFirst().prefix { $0 != "]" && $0 != " " }
        return word.isEmpty ? nil : word.uppercased()
    }

    /// The list that a message brings; nil when it has none.
    func takeOffer(from message: Message, _ audit: Audit) -> CapabilityOffer? {
        guard message.direction == .server else { return nil }
        var place = CapabilityOffer.Place.response
        var text = ""
        if message.response == .capability {
            text = audit.words(message.arguments..<audit.text.count)
        } else if message.status != nil {
            let status = audit.words(message.arguments..<audit.text.count)
            guard Self.code(of: status) == "CAPABILITY" else { return nil }
            text = String(status.dropFirst(12).prefix { $0 != "]" })
            place = message.kind == .greeting ? .greeting : .code
        } else {
            return nil
        }
        let offer = CapabilityOffer(
            place: place,
            words: text.trimmedLine.uppercased().split(separator: " ").map { String($0) },
            isSecure: self.serverIsSecure,
            // The list in the answer to a login is already the one behind it.
            isAuthenticated: !self.isEarly || Self.isLogin(message),
            isCompressed: self.isCompressed,
            time: message.time
        )
        if self.offers.count == Self.offerLimit { self.offers.removeLast() }
        self.offers.append(offer)
        return offer
    }

    private static func isLogin(_ message: Message) -> Bool {
        guard message.status == .ok, let command = message.completes?.command else { return false }
        return command == .login || command == .authenticate
    }

    /// What follows a message when the checks have looked.
    func passed(_ message: Message) {
        if message.kind == .tagged, let command = message.completes?.command, [.login, .authenticate].contains(command)
        {
            self.attempt = nil
        }
    }

    /// The attempt that an outcome ends.
    func takeAttempt(_ outcome: AuthenticationOutcome) -> AuthenticationAttempt? {
        guard var attempt else { return nil }
        attempt.outcome = outcome
        self.attempt = attempt
        if attempt.ended == nil { attempt.ended = outcome.time }
        if outcome.status == .ok { self.user = outcome.user } else { self.failures += 1 }
        if self.attempts.count < Self.attemptLimit { self.attempts.append(attempt) }
        return attempt
    }

    func observe(_ event: SessionEvent) {
        switch event {
        case .stateChanged(_, let state, let mailbox, _):
            self.state = state
            self.mailbox = mailbox
        case .tls(let change):
            if self.isProxied {
                self.clientTLS = change.client
                self.serverTLS = change.upstream
            } else if case .established(let facts) = change.outcome {
                self.clientTLS = facts
                self.serverTLS = facts
            }
            if case .established = change.outcome, change.start == .starttls, change.leg == .client {
                self.startTLS = .established
            }
        case .transportChange(let change):
            if change.layer == .deflate { self.isCompressed = true }
        case .edit: self.isEdited = true
        case .gap: self.isPartial = true
        default: break
        }
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmedLine: String {
        let blanks: Set<Character> = [" ", "\r", "\n", "\r\n", "\t"]
        guard let first = self.firstIndex(where: { !blanks.contains($0) }),
            let last = self.lastIndex(where: { !blanks.contains($0) })
        else { return "" }
        return String(self[first...last])
    }
}
