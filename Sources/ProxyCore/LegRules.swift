import IMAPProtocol

/// What the legs alone ask for: which words a capability list holds, and which commands imapscope answers itself.
struct LegRules {
    var edits: [CapabilityEdit] = []
    var refusals: [RefusedCommand] = []
    /// Whether a STARTTLS of the client is answered with OK.
    var answersSTARTTLS = false
    /// Whether nothing that may be a credential goes on: `--starttls require`, before TLS.
    var guardsCredentials = false

    /// The commands whose beginning is held back.
    var heldCommands: [Command] {
        self.refusals.map(\.command) + (self.answersSTARTTLS ? [.starttls] : [])
    }

    /// - Parameter isTLS: whether the client leg is, or is becoming, TLS.
    init(client: ClientLeg, isTLS: Bool, upstream: UpstreamLeg) {
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
