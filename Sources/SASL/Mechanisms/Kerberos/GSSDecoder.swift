import Traffic

/// GSSAPI (RFC 4752) and GSS-SPNEGO. Each token tells by its own head what it is, so the order of messages is not needed.
struct GSSDecoder: MechanismDecoder {
    let name: String
    private var ntlm = NTLMConversation()
    private(set) var securityLayer: SecurityLayer?
    private(set) var isComplete = false
    private var sawClient = false
    private var isLost = false

    init(name: String) {
        self.name = name
    }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard isReadable else {
            self.isLost = true
            return .damaged(message)
        }
        self.sawClient = true
        guard !message.isEmpty else { return SASLStep("empty response") }
        guard var step = self.isLost ? nil : self.step(message, of: .client) else {
            self.isLost = true
            return SASLStep("\(self.name) token masked, \(SizeClass.text(message))", secrets: [Secret(message)])
        }
        step.secrets.append(Secret(message))
        return step
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        guard self.sawClient else { return self.shown(message, as: "challenge") }
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        guard isBase64, var step = self.isLost ? nil : self.step(message, of: .server) else {
            self.isLost = true
            return SASLStep("\(self.name) token masked, \(SizeClass.text(message))", secrets: [Secret(message)])
        }
        step.secrets.append(Secret(message))
        return step
    }

    mutating func noteUnshownChallenge() {
        self.isLost = true
    }

    private mutating func step(_ message: [UInt8], of sender: Direction) -> SASLStep? {
        if let wrap = WrapToken(message) { return self.wrapped(wrap, of: sender) }
        if message.starts(with: NTLMMessage.signature) { return self.inner(message, of: sender) }
        if message.first == 0x60, let token = ContextToken(message), token.mechanism.isKerberos {
            return self.kerberos(token)
        }
        guard let token = SPNEGOToken(message) else { return nil }
        var step = SASLStep(token.summary)
        if let inner = token.token {
            if let innerStep = self.inner(inner, of: sender) {
                step = innerStep
                step.summary = "\(token.summary); \(innerStep.summary)"
            } else {
                step.summary += ", token masked, \(SizeClass.text(inner))"
            }
        }
        token.note(in: &step)
        if token.state == "reject" { step.problems.append("SPNEGO: the server rejects (RFC 4178 section 4.2.2)") }
        return step
    }

    /// A token of a mechanism, as it is or within SPNEGO.
    private mutating func inner(_ message: [UInt8], of sender: Direction) -> SASLStep? {
        if message.starts(with: NTLMMessage.signature) {
            return sender == .client ? self.ntlm.client(message) : self.ntlm.server(message)
        }
        guard let token = ContextToken(message), token.mechanism.isKerberos else { return nil }
        return self.kerberos(token)
    }

    private func kerberos(_ token: ContextToken) -> SASLStep? {
        guard var step = KerberosToken.step(token.inner) else { return nil }
        step.note("mechanism", token.mechanism.text)
        return step
    }

    private mutating func wrapped(_ token: WrapToken, of sender: Direction) -> SASLStep {
        guard let message = token.message else {
            return SASLStep("encrypted negotiation of the security layer masked")
        }
        switch sender {
        case .server:
            if let step = LayerNegotiation.offer(message) { return step }
        case .client:
            if let (step, layer) = LayerNegotiation.choice(message) {
                self.securityLayer = layer
                self.isComplete = true
                return step
            }
        }
        return SASLStep("malformed negotiation of the security layer masked")
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        if self.ntlm.response != nil { return Verdicts(client: self.ntlm.verdict(using: credential)) }
        return .notCheckable("Kerberos tickets can be checked with the keys of the server only", checksServer: false)
    }
}
