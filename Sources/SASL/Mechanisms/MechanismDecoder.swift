import Traffic

/// What a mechanism makes of the decoded messages of an exchange.
///
/// A decoder shows what it recognised and nothing else: a message that does not parse to its end, or comes at another
/// point than the specification has it, is masked whole.
protocol MechanismDecoder: Sendable {
    /// Whether the client sent all its messages.
    var isComplete: Bool { get }

    /// Whether server lines must be masked because we do not know what they carry.
    var masksChallenges: Bool { get }

    /// What the messages so far say of the octets after success; nil if they do not say.
    var securityLayer: SecurityLayer? { get }

    /// How the client bound the exchange to TLS, in mechanisms that can (RFC 5801 section 5).
    var channelBinding: ChannelBindingClaim? { get }

    /// The password or token that the client sent as it is, once it was seen.
    var sentSecret: Secret? { get }

    /// How many hashes a verdict takes, where that is for the peers to say.
    var verificationCost: Int { get }

    /// The time of the messages that follow.
    mutating func noteTime(_ time: Timestamp)

    /// A message of the client. If it is not readable, its base64 was damaged: none of it may be shown.
    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep

    /// A message of the server: decoded, or the line itself if that was not base64. The line is masked when the step has
    /// secrets.
    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep

    /// There was a challenge, but it may not be looked at.
    mutating func noteUnshownChallenge()

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts
}

extension MechanismDecoder {
    var masksChallenges: Bool { false }
    var securityLayer: SecurityLayer? { nil }
    var channelBinding: ChannelBindingClaim? { nil }
    var sentSecret: Secret? { nil }
    var verificationCost: Int { 0 }

    mutating func noteTime(_ time: Timestamp) {}
    mutating func noteUnshownChallenge() {}

    /// How a challenge that is there to be read is shown.
    func shown(_ message: [UInt8], as noun: String) -> SASLStep {
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        let text = WireText.escape(message)
        return SASLStep("\(noun) \(WireText.excerpt(text))", challenge: text)
    }

    /// A challenge before the first message of a client that speaks first: nothing secret was sent yet.
    func challengeBeforeClient(_ message: [UInt8], _ name: String, reference: String) -> SASLStep {
        var step = self.shown(message, as: "challenge")
        if !message.isEmpty { step.problems.append("the client speaks first in \(name) (\(reference))") }
        return step
    }
}
