import IMAPProtocol
import IMAPSession

/// What the legs alone ask for: which words a capability list holds, and which commands imapscope answers itself.
struct LegRules {
    var edits: [CapabilityEdit] = []
    var refusals: [RefusedCommand] = []
    /// Whether a STARTTLS of the client is answered with OK.
    var answersSTARTTLS = false
    /// Whether nothing that may be a credential goes on: `--starttls require`, before TLS.
    var guardsCredentials = false
    /// Whether lists change only where the client asks for one: behind the login nothing else is looked at.
    var editsAnswersOnly = false
    /// Whether the client leg is, or is becoming, TLS.
    let isTLS: Bool

    /// The commands whose beginning is held back.
    var heldCommands: [Command] {
        self.refusals.map(\.command) + (self.answersSTARTTLS ? [.starttls] : [])
    }

    /// - Parameters:
    ///   - isTLS: whether the client leg is, or is becoming, TLS.
    ///   - state: behind the login there is no STARTTLS any more (RFC 9051 section 6.2.1), to add or to answer.
    init(client: ClientLeg, isTLS: Bool, upstream: UpstreamLeg, state: SessionState = .greeting) {
        self.isTLS = isTLS || client == .tls
        self.decide(client, isTLS, upstream)
        guard state != .greeting, state != .notAuthenticated else { return }
        self.refusals = []
        if self.answersSTARTTLS { self.edits = [] }
        self.answersSTARTTLS = false
        self.editsAnswersOnly = true
    }

    private mutating func decide(_ client: ClientLeg, _ isTLS: Bool, _ upstream: UpstreamLeg) {
        switch client {
        case _ where isTLS, .tls:
            self.hideSTARTTLS("TLS on the client leg", answer: "imapscope: TLS is active already")
        case .cleartext where upstream == .cleartext: break
        case .cleartext:
            self.hideSTARTTLS(
                "TLS on the upstream leg only",
                answer: "imapscope: STARTTLS is not offered here"
            )
        case .starttls(.never):
            self.hideSTARTTLS("--starttls never", answer: "imapscope: STARTTLS is not offered here")
        case .starttls(.offered):
            self.answersSTARTTLS = true
            self.edits = [CapabilityEdit(cause: "--starttls offer", removing: [], adds: ["STARTTLS"])]
        case .starttls(.required):
            self.requireTLS()
        }
    }

    private mutating func hideSTARTTLS(_ cause: String, answer: String) {
        self.edits = [CapabilityEdit(cause: cause, removing: ["STARTTLS"])]
        self.refusals = [RefusedCommand(command: .starttls, text: answer, cause: cause)]
    }

    /// RFC 9051 sections 6.2.1 and 6.2.3.
    private mutating func requireTLS() {
        let cause = "--starttls require"
        self.answersSTARTTLS = true
        self.guardsCredentials = true
        self.edits = [
            CapabilityEdit(
                cause: cause,
                removes: { $0.hasPrefix("AUTH=") },
                adds: ["STARTTLS", "LOGINDISABLED"]
            )
        ]
        self.refusals = [Command.login, .authenticate].map {
            RefusedCommand(
                command: $0,
                text: "[PRIVACYREQUIRED] imapscope: STARTTLS first",
                cause: cause,
                status: .no
            )
        }
    }
}
