import Traffic

/// A mechanism whose messages are not decoded: both directions are masked, and their size and how random they look is told.
struct OpaqueDecoder: MechanismDecoder {
    let name: String

    var isComplete: Bool { false }
    var masksChallenges: Bool { true }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        var step = SASLStep(
            "\(self.name) \(isInitial ? "initial response" : "response") masked, \(Self.nature(message))",
            secrets: [Secret(message)] + Self.values(in: message)
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

    /// What is secret by itself in a message of a mechanism that is not decoded: a server that names it in a text names this,
    /// not the message. Fields end with NUL (RFC 4616) or with ^A (RFC 7628 section 3.1); `auth=Bearer …` carries a token,
    /// `p=…` a proof (RFC 5802 section 5.1).
    private static func values(in message: [UInt8]) -> [Secret] {
        message.split { $0 <= 1 }.prefix(16).compactMap { field in
            let lowered = field.prefix(5).map { $0 | 0x20 }
            if lowered.elementsEqual("auth=".utf8) {
                // Behind the scheme: `Bearer ` (RFC 6750 section 2.1).
                return field.firstIndex(of: 0x20).map { Secret(field[($0 + 1)...].drop { $0 == 0x20 }) }
            }
            if let proof = field.split(separator: UInt8(ascii: ",")).last, proof.starts(with: Array("p=".utf8)) {
                return Secret(proof.dropFirst(2))
            }
            // Other fields of these forms have names and are no secrets: `user=`, `host=`, `n=`.
            // One that is all of the message is masked with it.
            return field.count == message.count || field.contains(UInt8(ascii: "=")) ? nil : Secret(field)
        }
    }
}
