import Traffic

/// A mechanism whose messages are not decoded: both directions are masked and only their rough size is told.
struct OpaqueDecoder: MechanismDecoder {
    let name: String

    var isComplete: Bool { false }
    var masksChallenges: Bool { true }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        SASLStep(
            "\(self.name) \(isInitial ? "initial response" : "response") masked, \(Self.sizeClass(message.count))",
            secrets: [Secret(message)]
        )
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        message.isEmpty
            ? SASLStep("empty challenge", challenge: "")
            : SASLStep("\(self.name) challenge masked, \(Self.sizeClass(message.count))")
    }

    func verdict(using credential: Credential) -> Verdict {
        .notCheckable(reason: "\(self.name) is not decoded")
    }

    /// Coarse on purpose: the exact count would tell the length of a password or name.
    private static func sizeClass(_ count: Int) -> String {
        switch count {
        case 0: "empty"
        case ...64: "up to 64 octets"
        case ...256: "up to 256 octets"
        case ...1024: "up to 1 KiB"
        case ...4096: "up to 4 KiB"
        default: "over 4 KiB"
        }
    }
}
