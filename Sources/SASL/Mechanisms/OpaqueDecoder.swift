import Traffic

/// A mechanism whose messages are not decoded: both directions are masked, and their size and how random they look is told.
struct OpaqueDecoder: MechanismDecoder {
    let name: String

    var isComplete: Bool { false }
    var masksChallenges: Bool { true }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        var step = SASLStep(
            "\(self.name) \(isInitial ? "initial response" : "response") masked, \(Self.nature(message))",
            secrets: [Secret(message)]
        )
        Self.note(message, in: &step)
        return step
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        var step = SASLStep("\(self.name) challenge masked, \(Self.nature(message))")
        Self.note(message, in: &step)
        return step
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        .notCheckable("\(self.name) is not decoded", checksServer: false)
    }

    /// Few octets have little entropy whatever they are, and what they have may tell something of a password.
    private static let fewest = 65

    private static func nature(_ message: [UInt8]) -> String {
        let size = SizeClass.text(message)
        guard message.count >= self.fewest else { return size }
        let isText = String(validating: message, as: UTF8.self) != nil && !WireText.containsControls(message)
        return "\(size) of \(isText ? "text" : "binary"), \(Entropy.text(message)) bits of entropy an octet"
    }

    private static func note(_ message: [UInt8], in step: inout SASLStep) {
        step.note("size", SizeClass.text(message))
        if message.count >= self.fewest { step.note("entropy", Entropy.text(message)) }
    }
}
