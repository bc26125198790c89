import Cryptography
import Traffic

/// OTP (RFC 2444) and SKEY (RFC 2222 section 7.3): an identity, a challenge, a password that works once.
struct OTPDecoder: MechanismDecoder {
    enum Form: Sendable {
        case otp
        case skey

        var name: String { self == .otp ? "OTP" : "SKEY" }
        var reference: String { self == .otp ? "RFC 2444 section 3" : "RFC 2222 section 7.3" }
    }

    private enum State: Sendable {
        case identity
        case challenge
        case password
        case done
        case lost
    }

    private struct Challenge: Sendable {
        var digest: Digest?
        var sequence: Int
        var seed: [UInt8]
    }

    let form: Form
    private var state = State.identity
    private var asked: Challenge?
    private var sent: Secret?

    init(_ form: Form) {
        self.form = form
    }

    var isComplete: Bool { self.state == .done }

    mutating func response(_ message: [UInt8], isReadable: Bool, isInitial: Bool) -> SASLStep {
        guard isReadable else {
            self.state = .lost
            return .damaged(message)
        }
        switch self.state {
        case .identity: return self.identity(message)
        case .password: return self.password(message)
        case .challenge, .done, .lost:
            guard !message.isEmpty else { return SASLStep("empty response") }
            self.state = .lost
            return .further(message, "\(self.form.name) has no message of the client here (\(self.form.reference))")
        }
    }

    /// `[authzid] NUL authcid` in OTP, the identity alone in SKEY.
    private mutating func identity(_ message: [UInt8]) -> SASLStep {
        let fields = message.split(separator: 0, omittingEmptySubsequences: false)
        guard fields.count == (self.form == .otp ? 2 : 1), fields.allSatisfy({ !WireText.containsControls($0) }),
            let user = fields.last, user.count <= 255
        else {
            self.state = .lost
            return .malformed(message, "\(self.form.name) identity is malformed (\(self.form.reference))")
        }
        self.state = .challenge
        let text = WireText.escape(user)
        var step = SASLStep(text.isEmpty ? "empty user" : "user \(WireText.excerpt(text))", user: text)
        if fields.count == 2, !fields[0].isEmpty {
            let identity = WireText.escape(fields[0])
            step.authorizationIdentity = identity
            step.summary += " acting as \(WireText.excerpt(identity))"
        }
        return step
    }

    /// `otp-md5 499 ke1234 ext`, RFC 2243 section 1; SKEY has no name of a function.
    mutating func challenge(_ message: [UInt8], isBase64: Bool) -> SASLStep {
        guard self.state != .identity else {
            return self.challengeBeforeClient(message, self.form.name, reference: self.form.reference)
        }
        guard !message.isEmpty else { return SASLStep("empty challenge", challenge: "") }
        var words = message.split(separator: 0x20)[...]
        var digest: Digest? = .md5
        var function = "MD4"
        if self.form == .otp, let name = words.popFirst() {
            function = WireText.escape(name).lowercased()
            digest = ["otp-md5": .md5, "otp-sha1": .sha1][function]
        } else {
            digest = nil
        }
        guard isBase64, self.state == .challenge, !WireText.containsControls(message), let count = words.popFirst(),
            let sequence = Decimal.value(count), let seed = words.popFirst(), seed.count <= 16,
            seed.allSatisfy({ ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 }),
            self.form == .skey || ["otp-md5", "otp-sha1", "otp-md4"].contains(function)
        else {
            self.state = .lost
            return .maskedChallenge(message, "\(self.form.name) challenge is malformed (RFC 2289 section 6)")
        }
        self.state = .password
        self.asked = Challenge(digest: digest, sequence: sequence, seed: Array(seed))
        var step = self.shown(message, as: "challenge")
        step.note("function", function)
        step.note("sequence", "\(sequence)")
        step.note("seed", seed)
        if sequence < 10 {
            step.problems.append("\(self.form.name) sequence \(sequence) is near its end (RFC 2289 section 8)")
        }
        return step
    }

    private mutating func password(_ message: [UInt8]) -> SASLStep {
        self.state = .done
        var forms = [Secret(message)]
        guard self.form == .otp else {
            self.sent = Secret(message)
            return SASLStep("one-time password masked", secrets: forms)
        }
        guard let colon = message.firstIndex(of: UInt8(ascii: ":")),
            case let kind = String(decoding: message[..<colon], as: UTF8.self).lowercased(),
            ["hex", "word", "init-hex", "init-word"].contains(kind)
        else {
            return .malformed(
                message,
                "OTP response has none of hex:, word:, init-hex:, init-word: (RFC 2243 section 2)"
            )
        }
        let value = message[(colon + 1)...]
        forms.append(Secret(value))
        for part in value.split(separator: UInt8(ascii: ":")).prefix(4) { forms.append(Secret(part)) }
        if kind.hasSuffix("hex") {
            let digits = value.prefix { $0 != UInt8(ascii: ":") }.filter { $0 != 0x20 }
            self.sent = Secret(digits)
        }
        var step = SASLStep("one-time password (\(kind)) masked", secrets: forms)
        step.note("response-type", kind)
        return step
    }

    mutating func noteUnshownChallenge() {
        self.state = .lost
    }

    func verdicts(using credential: Credential, within budget: inout VerificationBudget) -> Verdicts {
        Verdicts(client: self.verdict(using: credential, within: &budget))
    }

    private func verdict(using credential: Credential, within budget: inout VerificationBudget) -> Verdict {
        guard case .password(let passphrase) = credential else {
            return .notCheckable(reason: "\(credential.noun) cannot check \(self.form.name)")
        }
        guard let asked = self.asked else { return .notCheckable(reason: "no readable challenge was seen") }
        guard let digest = asked.digest else {
            return .notCheckable(reason: "one-time passwords by MD4 are not checked")
        }
        guard let sent = self.sent else { return .notCheckable(reason: "no one-time password in hexadecimal was seen") }
        if let refusal = budget.take(asked.sequence) { return refusal }
        var digits = sent.withBytes { [UInt8]($0) }
        defer { digits.cleanse() }
        do {
            let octets = Secret(try Hexadecimal.decode(digits))
            let expected = try OTP.password(
                passphrase: passphrase,
                seed: asked.seed,
                sequence: asked.sequence,
                using: digest
            )
            return expected.equals(octets)
                ? .verified : .wrong(reason: "the one-time password was not made with the given passphrase")
        } catch let error as CryptographyError {
            return .notCheckable(reason: error.description)
        } catch {
            return .wrong(reason: "the one-time password is not hexadecimal")
        }
    }
}
