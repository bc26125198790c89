import Traffic

/// NTLM as a SASL mechanism, MS-SMTPNTLM and its like for IMAP: three messages, the client begins.
struct NTLMDecoder: MechanismDecoder {
    private var conversation = NTLMConversation()
    private var isLost = false
    private var sawClient = false

    var isComplete: Bool { self.conversation.response != nil }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard isReadable else {
            self.isLost = true
            return .damaged(message)
        }
        self.sawClient = true
        guard !message.isEmpty else { return SASLStep("empty response") }
        if !self.isLost, let step = self.conversation.client(message) { return step }
        self.isLost = true
        return .malformed(message, "NTLM message is malformed or comes at the wrong time (MS-NLMP 2.2.1)")
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        guard self.sawClient else {
            // Exchange says so in words before the client's first message.
            return self.shown(message, as: "challenge")
        }
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        if isBase64, !self.isLost, let step = self.conversation.server(message) { return step }
        self.isLost = true
        return .maskedChallenge(message, "NTLM challenge is malformed or comes at the wrong time (MS-NLMP 2.2.1.2)")
    }

    mutating func noteUnshownChallenge() {
        self.isLost = true
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        Verdicts(client: self.conversation.verdict(using: credential))
    }
}
