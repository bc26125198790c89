/// What a mechanism makes of the decoded messages of an exchange.
protocol MechanismDecoder: Sendable {
    /// Whether the client sent all its messages.
    var isComplete: Bool { get }

    /// Whether server lines must be masked because we do not know what they carry.
    var masksChallenges: Bool { get }

    /// A message of the client. If it is not readable, its base64 was damaged: none of it may be shown.
    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep

    /// A message of the server: decoded, or the line itself if that was not base64.
    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep

    /// There was a challenge, but it may not be looked at.
    mutating func noteUnshownChallenge()

    func verdict(using credential: Credential) -> Verdict
}

extension MechanismDecoder {
    var masksChallenges: Bool { false }

    mutating func noteUnshownChallenge() {}

    /// How a challenge that is there to be read is shown.
    func shown(_ message: [UInt8], as noun: String) -> SASLStep {
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        let text = WireText.escape(message)
        return SASLStep("\(noun) \(WireText.excerpt(text))", challenge: text)
    }
}
