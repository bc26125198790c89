import Cryptography
import Traffic

/// CRAM-MD5, RFC 2195.
struct CRAMMD5Decoder: MechanismDecoder {
    private var challenge: [UInt8]?
    private var digest: Secret?
    private(set) var isComplete = false

    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        self.challenge = isBase64 ? message : nil
        var step = self.shown(message, as: "challenge")
        let isMessageID =
            message.first == UInt8(ascii: "<") && message.last == UInt8(ascii: ">")
            && message.contains(UInt8(ascii: "@"))
        if isBase64, !isMessageID {
            step.problems.append("CRAM-MD5 challenge is not of the form <random.time@host> (RFC 2195 section 2)")
        }
        return step
    }

    mutating func noteUnshownChallenge() {
        self.challenge = nil
    }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard !self.isComplete else {
            self.digest = nil
            return SASLStep(
                "further response masked",
                problems: ["CRAM-MD5 has a single client message (RFC 2195 section 2)"],
                secrets: [Secret(message)]
            )
        }
        self.isComplete = true
        guard isReadable else { return SASLStep("damaged response masked", secrets: [Secret(message)]) }
        // User names may contain spaces, digests may not: the last one separates.
        guard let space = message.lastIndex(of: UInt8(ascii: " ")) else {
            return SASLStep(
                "malformed response masked",
                problems: ["CRAM-MD5 response has no space between user and digest (RFC 2195 section 2)"],
                secrets: [Secret(message)]
            )
        }
        let digits = message[(space + 1)...]
        // A client that sends something else than a digest may send its password, with spaces in it.
        guard Self.looksLikeDigest(digits), !WireText.containsControls(message[..<space]) else {
            return SASLStep(
                "malformed response masked",
                problems: ["CRAM-MD5 response does not end in a digest of 32 hexadecimal digits (RFC 2195 section 2)"],
                secrets: [Secret(message), Secret(digits)]
            )
        }
        let digest = Secret(digits)
        self.digest = digest
        return Self.step(user: message[..<space], digits: digits, digest: digest)
    }

    private static func step(user: ArraySlice<UInt8>, digits: ArraySlice<UInt8>, digest: Secret) -> SASLStep {
        let user = WireText.escape(user)
        var problems: [SASLProblem] = []
        if user.isEmpty { problems.append("CRAM-MD5 response has an empty user") }
        if digits.count != 32 {
            problems.append("CRAM-MD5 digest has \(digits.count) digits instead of 32 (RFC 2195 section 2)")
        }
        if digits.contains(where: { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }) {
            problems.append("CRAM-MD5 digest is not in lower case (RFC 2195 section 2)")
        }
        let name = user.isEmpty ? "empty user" : "user \(WireText.excerpt(user))"
        return SASLStep("\(name), digest masked", user: user, problems: problems, secrets: [digest])
    }

    /// Half a digest at least, of hexadecimal digits only.
    private static func looksLikeDigest(_ digits: ArraySlice<UInt8>) -> Bool {
        guard digits.count >= 16 else { return false }
        return digits.allSatisfy { character in
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                UInt8(ascii: "A")...UInt8(ascii: "F"):
                true
            default:
                false
            }
        }
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        Verdicts(client: self.verdict(using: credential))
    }

    private func verdict(using credential: Credential) -> Verdict {
        guard let challenge = self.challenge else { return .notCheckable(reason: "no readable challenge was seen") }
        guard let digest = self.digest else { return .notCheckable(reason: "no well-formed response was seen") }
        var digits = digest.withBytes { [UInt8]($0) }
        defer { digits.cleanse() }
        var sent: [UInt8]
        do throws(Hexadecimal.Problem) {
            sent = try Hexadecimal.decode(digits)
        } catch {
            return .wrong(reason: "the digest is not a number of whole octets")
        }
        defer { sent.cleanse() }
        let contexts = credential.cramMD5Contexts
        guard !contexts.isEmpty else {
            return .notCheckable(reason: "\(credential.noun) cannot check CRAM-MD5")
        }
        let isRight = contexts.contains { context in
            ConstantTime.areEqual(context.authenticationCode(for: challenge), sent)
        }
        return isRight ? .verified : .wrong(reason: "the digest was not made with the given password")
    }
}
