import Traffic

/// XOAUTH2 of Google and Microsoft, OAUTHBEARER and OAUTH10A of RFC 7628.
struct OAuthDecoder: MechanismDecoder {
    private enum State: Sendable {
        case token
        case answer
        /// The server refused; the client owes an empty message.
        case refused
        case done
        case lost
    }

    let form: OAuthMessage.Form
    private var state = State.token
    private var time: Timestamp?
    private var token: Secret?
    private(set) var channelBinding: ChannelBindingClaim?

    init(_ form: OAuthMessage.Form) {
        self.form = form
    }

    private var reference: String {
        self.form == .xoauth2 ? "Google and Microsoft specify it so" : "RFC 7628 section 3.1"
    }

    var isComplete: Bool { self.state == .answer || self.state == .refused || self.state == .done }

    var sentSecret: Secret? { self.token }

    mutating func noteTime(_ time: Timestamp) {
        self.time = time
    }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard isReadable else {
            self.state = .lost
            return .damaged(message)
        }
        switch self.state {
        case .token: return self.tokenMessage(message)
        case .refused:
            self.state = .done
            return self.acknowledgement(message)
        case .answer, .done, .lost:
            guard !message.isEmpty else { return SASLStep("empty response") }
            return .further(message, "\(self.form.name) has no message of the client here (\(self.reference))")
        }
    }

    /// After an error OAUTHBEARER wants a single 0x01 (RFC 7628 section 3.2.3), XOAUTH2 an empty message.
    private func acknowledgement(_ message: [UInt8]) -> SASLStep {
        let expected: [UInt8] = self.form == .xoauth2 ? [] : [0x01]
        guard message.isEmpty || message == [0x01] else {
            return .further(message, "\(self.form.name) error was not answered with an empty message")
        }
        var step = SASLStep("error acknowledged")
        if message != expected {
            step.problems.append(
                SASLProblem(
                    "\(self.form.name) error was not answered with "
                        + (self.form == .xoauth2 ? "an empty message" : "a single 0x01 (RFC 7628 section 3.2.3)"),
                    kind: .acknowledgement
                )
            )
        }
        return step
    }

    private mutating func tokenMessage(_ message: [UInt8]) -> SASLStep {
        guard let parsed = OAuthMessage(message, self.form), let value = parsed["auth"],
            let (scheme, token) = Self.split(value)
        else {
            self.state = .lost
            return .malformed(message, "\(self.form.name) message is malformed (\(self.reference))")
        }
        self.state = .answer
        self.channelBinding = parsed.header.map { ChannelBindingClaim(header: $0) }
        self.token = Secret(token)
        var step = SASLStep("", secrets: [Secret(token), Secret(value)])
        self.name(parsed, in: &step)
        step.note("auth-scheme", scheme)
        for key in ["host", "port", "mthd", "path"] {
            if let value = parsed[key] { step.note(key, value) }
        }
        var parts = [self.userText(step)]
        if let host = parsed["host"] {
            let port = parsed["port"].map { ":" + WireText.excerpt(WireText.escape($0), limit: 8) } ?? ""
            parts.append("at \(WireText.excerpt(WireText.escape(host), limit: 80))\(port)")
        }
        if scheme == "bearer" {
            let bearer = BearerToken(token, user: step.user, at: self.time)
            step.fields += bearer.fields
            step.problems += bearer.problems
            parts.append(bearer.summary)
        }
        step.summary = parts.joined(separator: ", ") + ", token masked"
        step.problems += self.problems(parsed, scheme: scheme)
        return step
    }

    private func name(_ message: OAuthMessage, in step: inout SASLStep) {
        if let identity = message.header?.authorizationIdentity {
            step.user = WireText.escape(GS2Header.unescape(identity).octets)
        } else if let user = message["user"] {
            step.user = WireText.escape(user)
        }
    }

    private func userText(_ step: SASLStep) -> String {
        guard let user = step.user, !user.isEmpty else { return "no user" }
        return "user \(WireText.excerpt(user))"
    }

    private func problems(_ message: OAuthMessage, scheme: String) -> [SASLProblem] {
        var problems: [SASLProblem] = []
        if message.lacksEnd {
            problems.append(
                SASLProblem(
                    "\(self.form.name) message does not end in two 0x01 (\(self.reference))",
                    kind: .oauthMessage
                )
            )
        }
        if self.form == .oauthBearer, scheme != "bearer" {
            problems.append(
                SASLProblem("OAUTHBEARER token is not of the type Bearer (RFC 7628 section 3.1)", kind: .oauthMessage)
            )
        }
        if self.form != .xoauth2, message["user"] != nil {
            problems.append(
                SASLProblem(
                    "\(self.form.name) message has user=, which belongs to XOAUTH2 (RFC 7628 section 3.1)",
                    kind: .oauthMessage
                )
            )
        }
        if self.form == .xoauth2, message["user"] == nil {
            problems.append(SASLProblem("XOAUTH2 message has no user=", kind: .oauthMessage))
        }
        return problems
    }

    /// The scheme in lower case, and what is behind it (RFC 7235 section 2.1).
    private static func split(_ value: [UInt8]) -> (scheme: String, token: [UInt8])? {
        guard let blank = value.firstIndex(of: 0x20) else { return nil }
        let scheme = String(decoding: value[..<blank], as: UTF8.self).lowercased()
        guard ["bearer", "oauth", "mac", "basic"].contains(scheme) else { return nil }
        return (scheme, Array(value[blank...].drop { $0 == 0x20 }))
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        if self.state == .token {
            return self.challengeBeforeClient(message, self.form.name, reference: self.reference)
        }
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        guard self.state == .answer, isBase64, let error = JSONReader.value(of: message), case .object = error else {
            self.state = .lost
            return .maskedChallenge(message, "\(self.form.name) error is not a JSON object (\(self.reference))")
        }
        self.state = .refused
        return OAuthError(error).step
    }

    mutating func noteUnshownChallenge() {
        self.state = .lost
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        guard let token = self.token else { return .notCheckable("no well-formed token was seen", checksServer: false) }
        // Whoever writes a user's token into the password file can have it compared.
        if case .password(let known) = credential, known.equals(token) { return Verdicts(client: .verified) }
        return .notCheckable("only the server that issued a token can tell whether it is right", checksServer: false)
    }
}
