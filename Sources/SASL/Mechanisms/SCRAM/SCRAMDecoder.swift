import Cryptography
import Traffic

/// SCRAM, RFC 5802 and RFC 7677, with and without `-PLUS`.
struct SCRAMDecoder: MechanismDecoder {
    /// Whose message comes next.
    enum State: Sendable {
        case clientFirst
        case serverFirst
        case clientFinal
        case serverFinal
        case acknowledgement
        case done
        /// A message was not understood: nothing is shown any more.
        case lost
    }

    let name: String
    let digest: Digest
    var state = State.clientFirst
    var transcript = SCRAMTranscript()

    init(name: String, digest: Digest) {
        self.name = name
        self.digest = digest
    }

    var isPlus: Bool { self.name.hasSuffix("-PLUS") }

    var isComplete: Bool {
        switch self.state {
        case .serverFinal, .acknowledgement, .done: true
        case .clientFirst, .serverFirst, .clientFinal, .lost: false
        }
    }

    var channelBinding: ChannelBindingClaim? { self.transcript.binding }
    var verificationCost: Int { self.transcript.proof == nil ? 0 : self.transcript.iterations }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard isReadable else {
            self.lose()
            return .damaged(message)
        }
        switch self.state {
        case .clientFirst: return self.clientFirst(message)
        case .clientFinal: return self.clientFinal(message)
        case .acknowledgement where message.isEmpty:
            self.state = .done
            return SASLStep("server signature acknowledged")
        case .serverFirst, .serverFinal, .acknowledgement, .done, .lost:
            if self.state != .acknowledgement, self.state != .done { self.lose() }
            guard !message.isEmpty else { return SASLStep("empty response") }
            return .further(message, "\(self.name) has no message of the client here (RFC 5802 section 5)")
        }
    }

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        if self.state == .clientFirst {
            guard isBase64, message.starts(with: [UInt8(ascii: "r"), UInt8(ascii: "=")]) else {
                return self.challengeBeforeClient(message, self.name, reference: "RFC 5802 section 5")
            }
            // The client's first message was not seen: without it the rest cannot be judged.
            let step = self.serverFirst(message)
            self.lose()
            return step
        }
        if isBase64 {
            switch self.state {
            case .serverFirst: return self.serverFirst(message)
            case .serverFinal: return self.serverFinal(message)
            case .clientFirst, .clientFinal, .acknowledgement, .done, .lost: break
            }
        }
        self.lose()
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        return .maskedChallenge(message, "\(self.name) has no such message of the server here (RFC 5802 section 5)")
    }

    mutating func noteUnshownChallenge() {
        self.lose()
    }

    mutating func lose() {
        self.state = .lost
    }
}

extension MechanismRegistration {
    /// Both mechanisms with this hash function.
    static func scram(_ hash: String, _ digest: Digest) -> MechanismRegistration {
        .init("SCRAM-\(hash)", "SCRAM-\(hash)-PLUS", properties: .init(.client, .guessable)) {
            SCRAMDecoder(name: $0, digest: digest)
        }
    }
}
