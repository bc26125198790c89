import IMAPProtocol
import IMAPWire
import SASL
import Traffic

// MARK: - AUTHENTICATE and LOGIN

extension Session {
    /// `AUTHENTICATE mechanism [initial-response]` was sent (RFC 9051 section 6.2.2, RFC 4959).
    mutating func beginAuthentication(_ head: CommandHead, _ text: RawSpan, exchange: Int, at time: Timestamp) {
        self.tokenizer.reset(to: head.arguments)
        var mechanism: Mechanism?
        var name = ""
        if let token = self.tokenizer.next(in: text), token.kind == .atom {
            do throws(MechanismNameError) {
                let parsed = try Mechanism(parsing: text.extracting(token.range))
                mechanism = parsed
                name = parsed.name
            } catch {
                name = "(not a mechanism name)"
            }
        }
        self.authentication = Authentication(
            exchange: exchange,
            mechanism: name,
            sasl: AuthenticationExchange(mechanism: mechanism)
        )
        self.gate = .authenticate(exchange: exchange)
    }

    /// Decodes the initial response of an AUTHENTICATE command, before its message is told.
    mutating func initialResponse(_ head: CommandHead, _ text: RawSpan, _ message: inout Message) -> [Secret] {
        guard let range = message.secrets.last?.range, head.command == .authenticate else { return [] }
        guard var authentication = self.authentication else { return [] }
        authentication.sasl.time = message.time
        let step = authentication.sasl.initialResponse(text.extracting(range))
        self.authentication = authentication
        message.secrets = [SecretRange(range, showsLength: authentication.showsLength)]
        self.note(step, blame: .client, in: &message)
        return step.secrets
    }

    /// A line of the client after AUTHENTICATE.
    mutating func saslLine(
        _ frame: MessageFrame,
        _ text: RawSpan,
        _ exchange: Int,
        at time: Timestamp,
        findings: [Finding]
    ) {
        guard var authentication = self.authentication else { return }
        var message = self.message(.sasl, .client, frame, at: time)
        let wire = self.wireFindings(frame, text, .client)
        message.quirks = wire.0
        message.findings = findings + wire.1
        message.exchange = exchange
        let line = 0..<ResponseHead.contentEnd(text)
        authentication.sasl.time = time
        let step = authentication.sasl.response(text.extracting(line))
        self.authentication = authentication
        if authentication.sasl.isCancelled { message.kind = .cancel }
        if !authentication.sasl.isCancelled, !line.isEmpty {
            // Whole, whatever the decoder made of it: a secret may have been typed here in clear.
            message.secrets = [SecretRange(line, showsLength: authentication.showsLength)]
        }
        self.note(step, blame: .client, in: &message)
        let values = step.secrets + self.knownPassword(of: authentication)
        self.updateExchange(exchange) {
            $0.clientOctets += frame.length
            $0.sent = time
        }
        self.gate = .authenticate(exchange: exchange)
        self.emit(message, text: text, secrets: values)
    }

    /// The given password of the user who logs in: it never crosses the wire in a challenge-response mechanism, but a
    /// server may still name it.
    private func knownPassword(of authentication: Authentication) -> [Secret] {
        guard let user = authentication.sasl.user,
            case .password(let password) = self.options.passwords?.credential(for: user)
        else { return [] }
        return [password]
    }

    /// A continuation request during AUTHENTICATE.
    mutating func challenge(_ message: inout Message, _ text: RawSpan, from start: Int) {
        guard var authentication = self.authentication else { return }
        let line = start..<max(start, ResponseHead.contentEnd(text))
        authentication.sasl.time = message.time
        let step = authentication.sasl.challenge(text.extracting(line))
        self.authentication = authentication
        for range in step.maskedColumns where !range.isEmpty {
            let shifted = (range.lowerBound + start)..<min(range.upperBound + start, text.byteCount)
            message.secrets.append(SecretRange(shifted, showsLength: true))
        }
        self.note(step, blame: .server, in: &message)
    }

    private func note(_ step: SASLStep, blame direction: Direction, in message: inout Message) {
        message.sasl = step
        for problem in step.problems {
            message.findings.append(.saslProblem(problem, blame: direction, at: message.offset))
        }
    }

    /// AUTHENTICATE was answered with its tag.
    mutating func authenticationEnded(_ exchange: Exchange, _ status: Status, _ message: inout Message) {
        guard let authentication = self.authentication, authentication.exchange == exchange.number else { return }
        self.authentication = nil
        self.client.language = .commands
        message.consequences.append(
            .authentication(self.outcome(of: authentication, status: status, at: message.time))
        )
        if status == .ok {
            self.user = authentication.sasl.authorizationIdentity ?? authentication.sasl.user
            self.changeState(to: .authenticated, &message)
            self.securityLayerMayBegin(authentication.sasl.securityLayer, &message)
        }
    }

    private mutating func outcome(of authentication: Authentication, status: Status?, at time: Timestamp)
        -> AuthenticationOutcome
    {
        var verdicts: Verdicts?
        var deferred: DeferredVerdicts?
        // A client that hangs up at a refusal has sent its proof all the same.
        if let passwords = self.options.passwords, status != nil || authentication.sasl.isComplete {
            let credential = authentication.sasl.user.flatMap { passwords.credential(for: $0) }
            deferred = self.deferred(authentication.sasl, credential)
            if deferred == nil {
                verdicts = authentication.sasl.verdicts(using: credential, within: &self.verificationBudget)
            }
        }
        var outcome = AuthenticationOutcome(
            mechanism: authentication.mechanism,
            user: authentication.sasl.user,
            authorizationIdentity: authentication.sasl.authorizationIdentity,
            status: status,
            cancelled: authentication.sasl.isCancelled,
            verdict: verdicts?.client,
            serverVerdict: verdicts?.server,
            secretMark: self.mark(authentication.sasl.sentSecret),
            exchange: authentication.exchange,
            time: time
        )
        outcome.binding = BindingVerdict(
            authentication.sasl.channelBinding,
            client: self.clientTLS,
            upstream: self.upstreamTLS,
            isRelayed: self.options.isRelayed
        )
        outcome.deferred = deferred
        return outcome
    }

    /// Hands a verification that takes long to somebody else; nil when there is nobody, or it is done at once.
    private mutating func deferred(_ exchange: AuthenticationExchange, _ credential: Credential?) -> DeferredVerdicts? {
        guard let verifier = self.options.verifier else { return nil }
        let cost = exchange.verificationCost(using: credential)
        let budget = self.verificationBudget
        guard cost > 0, cost <= budget.perExchange, cost <= budget.remaining else { return nil }
        self.verificationBudget.remaining -= cost
        return DeferredVerdicts(
            verifier.verify {
                var own = budget
                return exchange.verdicts(using: credential, within: &own)
            }
        )
    }

    /// LOGIN was sent: remembers what to say when it is answered.
    mutating func beginLogin(_ login: SecretClassifier.Login?, exchange: Int) {
        guard let login else { return }
        let user = String(decoding: login.user, as: UTF8.self)
        var verdict: Verdict?
        if let passwords = self.options.passwords, let password = login.password {
            if let credential = passwords.credential(for: user) {
                verdict = credential.verdict(onSent: password, within: &self.verificationBudget)
            } else {
                verdict = .notCheckable(reason: "no password is known for this user")
            }
        }
        self.logins.append(
            PendingLogin(exchange: exchange, user: user, verdict: verdict, secretMark: self.mark(login.password))
        )
    }

    private func mark(_ secret: Secret?) -> String? {
        guard let secret, secret.count > 0 else { return nil }
        return self.options.secretMarker?.mark(secret)
    }

    mutating func loginEnded(_ exchange: Exchange, _ status: Status, _ message: inout Message) {
        guard let index = self.logins.firstIndex(where: { $0.exchange == exchange.number }) else { return }
        let login = self.logins.remove(at: index)
        message.consequences.append(.authentication(self.outcome(of: login, status: status, at: message.time)))
        if status == .ok {
            self.user = login.user
            self.changeState(to: .authenticated, &message)
        }
    }

    private func outcome(of login: PendingLogin, status: Status?, at time: Timestamp) -> AuthenticationOutcome {
        AuthenticationOutcome(
            mechanism: "LOGIN command",
            user: login.user,
            authorizationIdentity: nil,
            status: status,
            cancelled: false,
            verdict: login.verdict,
            secretMark: login.secretMark,
            exchange: login.exchange,
            time: time
        )
    }

    /// Authentications that the end of the connection leaves without an answer.
    mutating func abandonedAuthentications(at time: Timestamp) -> [SessionEvent] {
        var events: [SessionEvent] = []
        if let authentication = self.authentication {
            events.append(.authentication(self.outcome(of: authentication, status: nil, at: time)))
        }
        events += self.logins.map { .authentication(self.outcome(of: $0, status: nil, at: time)) }
        self.authentication = nil
        self.logins = []
        return events
    }
}

extension Session.Authentication {
    /// The length of a line that carries a password in clear is part of the secret.
    var showsLength: Bool {
        self.mechanism != Mechanism.plain.name && self.mechanism != Mechanism.login.name
    }
}
