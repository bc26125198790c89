import Traffic

/// PLAIN, RFC 4616.
struct PlainDecoder: MechanismDecoder {
    private(set) var isComplete = false
    private var password: Secret?

    var sentSecret: Secret? { self.password }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard !self.isComplete else {
            self.password = nil
            return SASLStep(
                "further response masked",
                problems: ["PLAIN has a single client message (RFC 4616 section 2)"],
                secrets: [Secret(message)]
            )
        }
        self.isComplete = true
        guard isReadable else { return SASLStep("damaged response masked", secrets: [Secret(message)]) }
        do throws(PlainMessage.Problem) {
            let parsed = try PlainMessage(parsing: message)
            self.password = parsed.password
            return Self.step(for: parsed, isUTF8: String(validating: message, as: UTF8.self) != nil)
        } catch {
            let found =
                switch error {
                case .fieldCount(let count): "\(count) of 3 fields"
                case .containsNUL: "a NUL too many"
                }
            // Which field is the password cannot be told, so none is shown.
            let fields = message.split(separator: 0).map { Secret($0) }
            return SASLStep(
                "malformed response masked",
                problems: [SASLProblem("PLAIN message has \(found) (RFC 4616 section 2)", kind: .form)],
                secrets: [Secret(message)] + fields.prefix(8)
            )
        }
    }

    private static func step(for message: PlainMessage, isUTF8: Bool) -> SASLStep {
        let user = WireText.escape(message.user)
        let identity = WireText.escape(message.authorizationIdentity)
        var summary = user.isEmpty ? "empty user" : "user \(WireText.excerpt(user))"
        if !identity.isEmpty { summary += " acting as \(WireText.excerpt(identity))" }
        summary += message.password.count == 0 ? ", empty password" : ", password masked"
        var problems: [SASLProblem] = []
        if user.isEmpty {
            problems.append(SASLProblem("PLAIN message has an empty user (RFC 4616 section 2)", kind: .form))
        }
        if message.password.count == 0 {
            problems.append(SASLProblem("PLAIN message has an empty password (RFC 4616 section 2)", kind: .form))
        }
        if !isUTF8 { problems.append(SASLProblem("PLAIN message is not UTF-8 (RFC 4616 section 2)", kind: .form)) }
        return SASLStep(
            summary,
            user: user,
            authorizationIdentity: identity.isEmpty ? nil : identity,
            problems: problems,
            secrets: [message.password]
        )
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        self.shown(message, as: "challenge")
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        guard let password = self.password else {
            return .notCheckable("no well-formed PLAIN message was seen", checksServer: false)
        }
        return Verdicts(client: credential.verdict(onSent: password, within: &budget))
    }
}
