import IMAPProtocol
import IMAPSession
import IMAPWire
import RuleEngine
import SASL
import Traffic

// MARK: - Credentials that stand in for the client's

/// An AUTHENTICATE whose server imapscope plays, to learn who the client is. What the client gives as its password is not
/// checked: whoever reaches the listener logs in as the rule says.
struct PlayedLogin {
    var substitution: LoginSubstitution
    var exchange: Int
    var tag: [UInt8]
    var mechanism: String
    var user: [UInt8]?
    /// LOGIN asks twice.
    var asksForPassword: Bool
}

extension EditStage {
    /// The credentials that a rule gives in place of those of a command that is about to leave.
    func substitution(for message: Message) -> LoginSubstitution? {
        guard let wire, message.kind == .command, message.complete, !self.isBlind, !message.isUID,
            message.command == .login || message.command == .authenticate, message.exchange != 0,
            !message.literalRefused, !self.rules.guardsCredentials,
            message.offset >= self.flows.client.passed, self.flows.client.passesFrom != message.offset,
            self.answeredEarly != message.offset
        else { return nil }
        return wire.source.login(message)
    }

    /// Begins a login with other credentials. Returns false when the client's own has to do.
    func begin(_ substitution: LoginSubstitution, _ message: Message, _ text: RawSpan, _ range: Range<UInt64>) -> Bool {
        guard let wire else { return false }
        let tag = text.extracting(message.tag).withUnsafeBytes { Array($0) }
        let before = Self.line(text.withUnsafeBytes { Array($0) }, hiding: message.secrets)
        guard message.command == .authenticate else {
            let user = ClientLogin.user(ofLOGIN: text, arguments: message.arguments)
            if wire.grantedFrom == range.lowerBound { wire.grantedFrom = nil }
            self.logIn(substitution, user, tag, message, range, before: before)
            return true
        }
        let (mechanism, response) = ClientLogin.words(ofAUTHENTICATE: text, arguments: message.arguments)
        guard ClientLogin.playable.contains(mechanism) else {
            self.fail(substitution.rule, "only the server itself can answer a login by \(mechanism)", message)
            return false
        }
        var played = PlayedLogin(
            substitution: substitution,
            exchange: message.exchange,
            tag: tag,
            mechanism: mechanism,
            asksForPassword: mechanism == "LOGIN"
        )
        played.user = response.flatMap { ClientLogin.user(of: mechanism, in: $0) }
        if response != nil, mechanism != "LOGIN" {
            self.logIn(substitution, played.user, tag, message, range, before: before)
            return true
        }
        self.flows.client.append([FlowStep(range, .replace([]))])
        if response != nil { played.asksForPassword = false }
        let challenge = mechanism != "LOGIN" ? "" : response == nil ? "Username:" : "Password:"
        self.challenge(challenge, message, before: before, substitution.rule)
        wire.played = played
        return true
    }

    /// A line of the client in an AUTHENTICATE that imapscope plays. Returns false when it is none.
    func answerPlayed(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>) -> Bool {
        guard let wire, var played = wire.played, message.exchange == played.exchange else { return false }
        let before = "‹masked›"
        guard message.kind == .sasl else {
            wire.played = nil
            self.flows.client.append([FlowStep(range, .replace([]))])
            self.queueRuleAnswer("BAD imapscope: AUTHENTICATE cancelled", played, message, before: "*")
            return true
        }
        let line = text.extracting(0..<ResponseHead.contentEnd(text)).withUnsafeBytes { Array($0) }
        played.user = played.user ?? ClientLogin.user(of: played.mechanism, in: line)
        if played.asksForPassword {
            played.asksForPassword = false
            wire.played = played
            self.flows.client.append([FlowStep(range, .replace([]))])
            self.challenge("Password:", message, before: before, played.substitution.rule)
            return true
        }
        wire.played = nil
        self.logIn(played.substitution, played.user, played.tag, message, range, before: before)
        return true
    }

    private func challenge(_ text: String, _ message: Message, before: String, _ rule: String) {
        let encoded = String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
        self.answers.append(
            PendingAnswer(
                offset: message.offset,
                tag: "+",
                exchange: message.exchange,
                before: before,
                kind: .challenge(encoded, rule)
            )
        )
    }

    private func queueRuleAnswer(_ tagged: String, _ played: PlayedLogin, _ message: Message, before: String) {
        self.answers.append(
            PendingAnswer(
                offset: message.offset,
                tag: String(decoding: played.tag, as: UTF8.self),
                exchange: message.exchange,
                before: before,
                kind: .rule(WireAnswer(tagged: tagged), played.substitution.rule, beginsTLS: false)
            )
        )
    }

    /// The server's login leaves in place of the client's message, under the client's tag, so that the server's result is
    /// the client's.
    private func logIn(
        _ substitution: LoginSubstitution,
        _ user: [UInt8]?,
        _ tag: [UInt8],
        _ message: Message,
        _ range: Range<UInt64>,
        before: String
    ) {
        guard let wire else { return }
        do throws(UpstreamLogin.Problem) {
            let login = try UpstreamLogin(
                substitution,
                user: user,
                tag: tag,
                allowsInitialResponse: wire.allowsInitialResponse,
                server: wire.server
            )
            var steps = [FlowStep(range, .replace(login.pieces[0]))]
            for piece in login.pieces.dropFirst() {
                steps.append(FlowStep(at: range.upperBound, .awaitContinuation, exchange: message.exchange))
                steps.append(FlowStep(at: range.upperBound, .replace(piece), exchange: message.exchange))
            }
            // Nothing of the client leaves before the server has decided: it could be taken for a part of the login.
            steps.append(FlowStep(at: range.upperBound, .awaitContinuation, exchange: message.exchange))
            self.flows.client.append(steps)
            wire.loginRule = (message.exchange, substitution.rule)
            self.tellEdit(
                substitution.rule,
                .client,
                range.lowerBound,
                before: before,
                after: login.shown,
                message.time
            )
        } catch {
            let reason = error == .noUser ? "there is no user name" : "NUL can stand in no login"
            self.fail(substitution.rule, reason, message)
            // The client's own credentials are for imapscope, not for the server.
            self.flows.client.append([FlowStep(range, .replace([]))])
            let played = PlayedLogin(
                substitution: substitution,
                exchange: message.exchange,
                tag: tag,
                mechanism: "",
                asksForPassword: false
            )
            let text = "NO [AUTHENTICATIONFAILED] imapscope: no login can be made of this one"
            self.queueRuleAnswer(text, played, message, before: before)
        }
    }
}
