import Traffic

/// A mechanism whose messages are not decoded: both directions are masked and only their rough size is told.
struct OpaqueDecoder: MechanismDecoder {
    let name: String

    var isComplete: Bool { false }
    var masksChallenges: Bool { true }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        SASLStep(
            "\(self.name) \(isInitial ? "initial response" : "response") masked, \(Self.sizeClass(message.count))",
            secrets: [Secret(message)] + Self.values(in: message)
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
            return field.contains(UInt8(ascii: "=")) ? nil : Secret(field)
        }
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
