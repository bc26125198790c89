import Traffic

/// LOGIN, draft-murchison-sasl-login-00: the server prompts twice, the client answers with user, then password.
///
/// Clients do not look at the prompts, and neither do we, but to be more careful: what follows a prompt that speaks
/// of a password is never shown, wherever it comes.
struct LoginDecoder: MechanismDecoder {
    private enum State: Sendable {
        case awaitingUser
        case awaitingPassword
        case done
    }

    private var state = State.awaitingUser
    private var password: Secret?
    private var lastPromptAsksFor: Prompt?
    private var isOutOfOrder = false

    private enum Prompt: Sendable {
        case user
        case password
    }

    var isComplete: Bool { self.state == .done }
    var sentSecret: Secret? { self.password }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        defer { self.lastPromptAsksFor = nil }
        switch self.state {
        case .awaitingUser:
            self.state = .awaitingPassword
            return self.userStep(message, isReadable: isReadable)
        case .awaitingPassword:
            self.state = .done
            guard self.lastPromptAsksFor != .user else {
                // The server asked for the user again, after an initial response that it did not understand.
                self.isOutOfOrder = true
                return SASLStep(
                    "response masked",
                    problems: ["LOGIN prompted for the user a second time"],
                    secrets: [Secret(message)]
                )
            }
            guard isReadable else { return SASLStep("damaged response masked", secrets: [Secret(message)]) }
            let password = Secret(message)
            self.password = password
            return SASLStep(message.isEmpty ? "empty password" : "password masked", secrets: [password])
        case .done:
            self.isOutOfOrder = true
            return SASLStep(
                "further response masked",
                problems: ["LOGIN has two client messages"],
                secrets: [Secret(message)]
            )
        }
    }

    private mutating func userStep(_ message: [UInt8], isReadable: Bool) -> SASLStep {
        guard isReadable else { return SASLStep("damaged response masked", secrets: [Secret(message)]) }
        if self.lastPromptAsksFor == .password {
            self.isOutOfOrder = true
            return SASLStep(
                "response masked",
                problems: ["LOGIN prompted for the password first"],
                secrets: [Secret(message)]
            )
        }
        // A message with NUL is one of PLAIN that was sent by mistake.
        guard !message.contains(0) else {
            self.isOutOfOrder = true
            let fields = message.split(separator: 0).prefix(8).map { Secret($0) }
            return SASLStep(
                "malformed response masked",
                problems: ["LOGIN user name contains NUL"],
                secrets: [Secret(message)] + fields
            )
        }
        let user = WireText.escape(message)
        return SASLStep(user.isEmpty ? "empty user" : "user \(WireText.excerpt(user))", user: user)
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        let words = String(decoding: message, as: UTF8.self).lowercased()
        self.lastPromptAsksFor = words.contains("pass") ? .password : words.contains("user") ? .user : nil
        return self.shown(message, as: "prompt")
    }

    mutating func noteUnshownChallenge() {
        self.lastPromptAsksFor = nil
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        guard !self.isOutOfOrder else {
            return .notCheckable("the messages of LOGIN came out of order", checksServer: false)
        }
        guard let password = self.password else {
            return .notCheckable("no readable password was seen", checksServer: false)
        }
        return Verdicts(client: credential.verdict(onSent: password, within: &budget))
    }
}

/// The prompts that servers send and some clients insist on.
public enum LoginPrompt {
    public static let user = "Username:"
    public static let password = "Password:"
}
