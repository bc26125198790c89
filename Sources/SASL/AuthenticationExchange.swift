import Cryptography
public import Traffic

/// Follows one AUTHENTICATE command (RFC 9051 section 6.2.2) and says what each of its lines means.
///
/// Lines come in the order of the wire, without their line end (one that is left on is ignored). A client may send
/// anything at any time, so nothing it sends is shown unless the mechanism says at that very point that it is no
/// secret, and the base64 payload of its lines is masked whole.
public struct AuthenticationExchange: Sendable {
    /// Nil if the name on the wire was not the name of any mechanism.
    public let mechanism: Mechanism?
    /// The authentication identity, once it was seen.
    public private(set) var user: String?
    /// The identity to act as, once it was seen.
    public private(set) var authorizationIdentity: String?
    public private(set) var isCancelled = false
    /// What follows a success, as far as the exchange tells.
    public private(set) var securityLayer: SecurityLayer

    /// When the lines that follow passed; nil if nobody knows. Tokens expire.
    public var time: Timestamp? {
        didSet { if let time = self.time { self.decoder.noteTime(time) } }
    }

    private var decoder: any MechanismDecoder
    /// To recognise them in challenges; a server must not make us show what its client sent.
    private var echoes = EchoWatch()
    /// A message was too long for any mechanism: what comes after it cannot be understood.
    private var isOversize = false

    public init(mechanism: Mechanism?) {
        self.mechanism = mechanism
        self.securityLayer = SecurityLayer(mechanism)
        let name = mechanism?.name ?? "unknown mechanism"
        self.decoder = MechanismRegistration.byName[name]?.decoder(name) ?? OpaqueDecoder(name: name)
    }

    /// Whether the client sent all that the mechanism asks of it; false for mechanisms that are not decoded.
    public var isComplete: Bool { self.decoder.isComplete }

    /// How the client bound the exchange to TLS, as far as it said; nil in mechanisms without channel binding.
    public var channelBinding: ChannelBindingClaim? { self.decoder.channelBinding }

    /// The password or token that the client sent as it is, in mechanisms that hand it over.
    public var sentSecret: Secret? { self.decoder.sentSecret }

    /// How many hashes verdicts take at most, where the peers choose the number.
    public func verificationCost(using credential: Credential?) -> Int {
        guard !self.isCancelled, !self.isOversize, case .password(let password) = credential else { return 0 }
        let (cost, isTooHigh) = self.decoder.verificationCost
            .multipliedReportingOverflow(by: Credential.forms(of: password).count)
        return isTooHigh ? .max : cost
    }

    /// The octets after the mechanism's name and its SP on the command line (RFC 4959); `=` is the empty response.
    public mutating func initialResponse(_ line: RawSpan) -> SASLStep {
        let payload = line.extracting(0..<Self.countWithoutLineEnd(line))
        let isEmptyResponse = payload.withUnsafeBytes { $0.elementsEqual([UInt8(ascii: "=")]) }
        var step = self.clientLine(isEmptyResponse ? payload.extracting(0..<0) : payload, isInitial: true)
        if payload.byteCount > 0, [UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "~")].contains(payload[0]) {
            let form = payload[0] == UInt8(ascii: "\"") ? "quoted" : "a literal"
            step.problems.append(
                SASLProblem("initial response is \(form) (RFC 9051 section 6.2.2)", kind: .initialResponseForm)
            )
        }
        if self.mechanism?.properties?.firstSpeaker == .server, self.mechanism != .login {
            step.problems.append(
                SASLProblem(
                    "initial response in a mechanism where the server speaks first (RFC 4959 section 3)",
                    kind: .initialResponse
                )
            )
        }
        return step
    }

    /// The octets after `+ ` of a continuation request.
    public mutating func challenge(_ line: RawSpan) -> SASLStep {
        let payload = line.extracting(0..<Self.countWithoutLineEnd(line))
        let raw = payload.withUnsafeBytes { [UInt8]($0) }
        guard raw.count <= Self.longestLine else { return self.oversize(raw) }
        let text = Base64.decodeTolerantly(payload)
        if self.echoes.isEchoed(raw) || self.echoes.isEchoed(text.bytes, inPart: true) {
            var step = SASLStep("challenge masked, it repeats a secret", problems: ["the server sent a secret back"])
            step.maskedColumns = [0..<raw.count]
            self.decoder.noteUnshownChallenge()
            return step
        }
        let isReadable = text.problems.allSatisfy(\.isHarmless)
        var step = self.decoder.challenge(isReadable ? text.bytes : raw, isBase64: isReadable)
        step.problems.insert(contentsOf: text.problems.map { SASLProblem($0.summary, kind: .base64) }, at: 0)
        if self.decoder.masksChallenges || !step.secrets.isEmpty, !raw.isEmpty { step.maskedColumns = [0..<raw.count] }
        if !step.secrets.isEmpty { step.secrets.append(Secret(raw)) }
        step.hideSecrets()
        return step
    }

    /// A line of the client; `*` cancels the exchange.
    public mutating func response(_ line: RawSpan) -> SASLStep {
        let payload = line.extracting(0..<Self.countWithoutLineEnd(line))
        if payload.withUnsafeBytes({ $0.elementsEqual([UInt8(ascii: "*")]) }) { return self.cancelled() }
        return self.clientLine(payload, isInitial: false)
    }

    /// The client gave up with `*`.
    public mutating func cancelled() -> SASLStep {
        self.isCancelled = true
        return SASLStep("cancelled by the client")
    }

    /// Whether the client proved to know `credential`; to be asked when the exchange is over.
    public func verdict(using credential: Credential?) -> Verdict {
        var budget = VerificationBudget()
        return self.verdicts(using: credential, within: &budget).client
    }

    /// The same for both sides, with the work bounded by a budget that several exchanges may share.
    public func verdicts(using credential: Credential?, within budget: inout VerificationBudget) -> Verdicts {
        if self.isCancelled { return .notCheckable("the client cancelled the exchange", checksServer: false) }
        if self.isOversize { return .notCheckable("a message was too long to be kept", checksServer: false) }
        guard let credential else { return .notCheckable("no password is known for this user", checksServer: false) }
        return self.decoder.verdicts(using: credential, within: &budget)
    }

    private mutating func clientLine(_ payload: RawSpan, isInitial: Bool) -> SASLStep {
        guard payload.byteCount <= Self.longestLine else {
            return self.oversize(payload.withUnsafeBytes { [UInt8]($0) })
        }
        var text = Base64.decodeTolerantly(payload)
        defer { text.bytes.cleanse() }
        let isReadable = text.problems.allSatisfy(\.isHarmless)
        if self.mechanism == .digestMD5, let layer = SecurityLayer(digestResponse: text.bytes) {
            self.securityLayer = layer
        }
        var step = self.decoder.response(text.bytes, isReadable: isReadable, isInitial: isInitial)
        if let layer = self.decoder.securityLayer { self.securityLayer = layer }
        step.problems.insert(contentsOf: text.problems.map { SASLProblem($0.summary, kind: .base64) }, at: 0)
        if payload.byteCount > 0 {
            step.maskedColumns = [0..<payload.byteCount]
            // A line that only names the user is no secret elsewhere.
            if !step.secrets.isEmpty { step.secrets.append(Secret(payload.withUnsafeBytes { [UInt8]($0) })) }
        }
        step.dropRepeatedSecrets()
        self.echoes.remember(step.secrets)
        step.hideSecrets()
        self.user = step.user ?? self.user
        self.authorizationIdentity = step.authorizationIdentity ?? self.authorizationIdentity
        return step
    }

    /// Twice the longest token that is met: Kerberos tickets and claims of large directories.
    private static let longestLine = 1 << 18

    private mutating func oversize(_ line: [UInt8]) -> SASLStep {
        self.isOversize = true
        self.decoder.noteUnshownChallenge()
        var step = SASLStep(
            "message masked, \(line.count) octets",
            problems: ["message of \(line.count) octets is longer than the \(Self.longestLine) that are looked at"],
            secrets: [Secret(line)]
        )
        step.maskedColumns = [0..<line.count]
        return step
    }

    private static func countWithoutLineEnd(_ line: RawSpan) -> Int {
        line.withUnsafeBytes { line in
            var count = line.count
            if count > 0, line[count - 1] == UInt8(ascii: "\n") { count -= 1 }
            if count > 0, line[count - 1] == UInt8(ascii: "\r") { count -= 1 }
            return count
        }
    }
}
