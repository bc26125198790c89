import Traffic

/// EXTERNAL (RFC 4422 appendix A) and ANONYMOUS (RFC 4505): one message of the client, an identity or a trace, no secret.
struct IdentityDecoder: MechanismDecoder {
    enum Form: Sendable {
        case external
        case anonymous

        var name: String { self == .external ? "EXTERNAL" : "ANONYMOUS" }
        var reference: String { self == .external ? "RFC 4422 appendix A" : "RFC 4505 section 2" }
    }

    let form: Form
    private(set) var isComplete = false

    init(_ form: Form) {
        self.form = form
    }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard !self.isComplete else {
            guard !message.isEmpty else { return SASLStep("empty response") }
            return .further(message, "\(self.form.name) has a single client message (\(self.form.reference))")
        }
        self.isComplete = true
        guard isReadable else { return .damaged(message) }
        // A message with NUL is one of PLAIN that was sent by mistake, controls are those of OAuth.
        guard !WireText.containsControls(message), message.count <= 1024 else {
            return .malformed(message, "\(self.form.name) message has controls or is too long (\(self.form.reference))")
        }
        let text = WireText.escape(message)
        var step = SASLStep("")
        switch self.form {
        case .external:
            step.summary =
                text.isEmpty ? "the user that the TLS client certificate names" : "acting as \(WireText.excerpt(text))"
            // It is the only name that is seen.
            if !text.isEmpty {
                step.user = text
                step.authorizationIdentity = text
            }
        case .anonymous:
            step.summary = text.isEmpty ? "anonymous, no trace" : "anonymous, trace \(WireText.excerpt(text))"
            step.note("trace", text)
            if message.count > 255 {
                step.problems.append("ANONYMOUS trace is longer than 255 characters (RFC 4505 section 2)")
            }
        }
        if String(validating: message, as: UTF8.self) == nil {
            step.problems.append("\(self.form.name) message is not UTF-8 (\(self.form.reference))")
        }
        return step
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        self.challengeBeforeClient(message, self.form.name, reference: self.form.reference)
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        switch self.form {
        case .external: .notCheckable("EXTERNAL rests on the TLS client certificate", checksServer: false)
        case .anonymous: .notCheckable("ANONYMOUS proves nothing", checksServer: false)
        }
    }
}
