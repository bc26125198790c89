import IMAPProtocol
import IMAPSession
import RuleEngine
import Traffic

// MARK: - Commands

extension EditStage {
    /// A command that imapscope answers itself, not answered yet.
    struct PendingAnswer {
        enum Kind {
            case refusal(RefusedCommand)
            /// OK, and then TLS.
            case startTLS
            /// What a rule says; `begins` says whether an OK means TLS.
            case rule(WireAnswer, String, beginsTLS: Bool)
            /// The literal of a command that is kept back is asked for here.
            case continuation
            /// A challenge of an AUTHENTICATE that imapscope plays, in base64, for a rule.
            case challenge(String, String)
        }

        var offset: UInt64
        var tag: String
        /// 0 when the session does not follow it.
        var exchange: Int
        /// The command, free of secrets.
        var before: String
        var kind: Kind
    }

    func clientMessage(
        _ message: Message,
        _ text: RawSpan,
        _ range: Range<UInt64>,
        _ login: LoginSubstitution?
    ) {
        guard !self.ignoresClient else { return }
        self.noteLogin(message, text)
        if message.kind == .command, message.command == .authenticate { self.wire?.authentication = message.exchange }
        switch message.kind {
        case .command:
            if self.answeredEarly == message.offset {
                _ = self.swallow(range, "the answer of imapscope", message.time)
                return
            }
            guard !message.isUID, let command = message.command else {
                return self.applyRules(message, text, range)
            }
            if command == .capability, message.exchange != 0 { self.askedForLists.insert(message.exchange) }
            let end = max(message.arguments, ResponseHead.contentEnd(text))
            let hasArguments = !text.extracting(message.arguments..<end).isBlank
            guard let kind = self.answer(to: command, hasArguments: hasArguments) else {
                if let login, self.begin(login, message, text, range) { return }
                return self.applyRules(message, text, range)
            }
            guard self.swallow(range, "the answer of imapscope", message.time) else { return }
            if case .startTLS = kind, self.rulesAnswerSTARTTLS(message, text, range) { return }
            self.queueAnswer(kind, message, text)
        case .unparsed, .sasl, .cancel:
            if self.answerPlayed(message, text, range) { return }
            // A password that came too early, or a response to a challenge that nobody sent.
            guard self.rules.guardsCredentials, !text.isBlank else {
                return self.applyRules(message, text, range)
            }
            guard self.swallow(range, "--starttls require", message.time), message.kind == .unparsed
            else { return }
            let refusal = RefusedCommand(
                command: .login,
                text: "imapscope: not a command",
                cause: "--starttls require"
            )
            self.queueAnswer(.refusal(refusal), message, text)
        default: self.applyRules(message, text, range)
        }
    }

    func answer(to command: Command, hasArguments: Bool) -> PendingAnswer.Kind? {
        if let refusal = self.options.refusedCommands.first(where: { $0.command == command }) {
            return .refusal(refusal)
        }
        if command == .starttls, self.rules.answersSTARTTLS {
            guard hasArguments else { return .startTLS }
            return .refusal(
                RefusedCommand(
                    command: command,
                    text: "imapscope: STARTTLS has no arguments",
                    cause: "STARTTLS"
                )
            )
        }
        return self.rules.refusals.first { $0.command == command }.map { .refusal($0) }
    }

    func swallow(_ range: Range<UInt64>, _ cause: String, _ time: Timestamp) -> Bool {
        let flow = self.flows.client
        guard range.lowerBound >= flow.passed || flow.droppedFrom == range.lowerBound else {
            self.tellTooLate(.client, range.lowerBound, cause, time)
            return false
        }
        let rest = max(range.lowerBound, flow.passed)..<range.upperBound
        self.flows.client.append([FlowStep(rest, .replace([]))])
        return true
    }

    func queueAnswer(_ kind: PendingAnswer.Kind, _ message: Message, _ text: RawSpan) {
        self.answers.append(
            PendingAnswer(
                offset: message.offset,
                tag: message.kind == .unparsed ? "*" : text.latin1(message.tag),
                exchange: message.exchange,
                before: Self.line(text.withUnsafeBytes { Array($0) }, hiding: message.secrets),
                kind: kind
            )
        )
        guard self.rules.guardsCredentials, let command = message.command, command != .starttls else {
            return
        }
        let finding = Finding(
            id: "credentials-before-tls",
            severity: .high,
            blame: .client,
            direction: .client,
            offset: message.offset,
            text:
                "the client sends \(command.rawValue) in the clear, although LOGINDISABLED is listed; it is answered "
                + "here and goes no further, but what it held has crossed the network",
            reference: "RFC 9051 section 6.2.3",
            leg: .client
        )
        self.report(finding, at: message.time)
    }
}
