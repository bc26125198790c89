import Cryptography
import Traffic

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

    private var decoder: any MechanismDecoder
    /// To recognise them in challenges; a server must not make us show what its client sent.
    private var secretsSeen: [Secret] = []

    public init(mechanism: Mechanism?) {
        self.mechanism = mechanism
        self.securityLayer = SecurityLayer(mechanism)
        self.decoder =
            switch mechanism {
            case .plain: PlainDecoder()
            case .login: LoginDecoder()
            case .cramMD5: CRAMMD5Decoder()
            default: OpaqueDecoder(name: mechanism?.name ?? "unknown mechanism")
            }
    }

    /// Whether the client sent all that the mechanism asks of it; false for mechanisms that are not decoded.
    public var isComplete: Bool { self.decoder.isComplete }

    /// The octets after the mechanism's name and its SP on the command line (RFC 4959); `=` is the empty response.
    public mutating func initialResponse(_ line: RawSpan) -> SASLStep {
        let payload = line.extracting(0..<Self.countWithoutLineEnd(line))
        let isEmptyResponse = payload.withUnsafeBytes { $0.elementsEqual([UInt8(ascii: "=")]) }
        var step = self.clientLine(isEmptyResponse ? payload.extracting(0..<0) : payload, isInitial: true)
        if self.mechanism?.properties?.firstSpeaker == .server, self.mechanism != .login {
            step.problems.append("initial response in a mechanism where the server speaks first (RFC 4959 section 3)")
        }
        return step
    }

    /// The octets after `+ ` of a continuation request.
    public mutating func challenge(_ line: RawSpan) -> SASLStep {
        let payload = line.extracting(0..<Self.countWithoutLineEnd(line))
        let text = Base64.decodeTolerantly(payload)
        let raw = payload.withUnsafeBytes { [UInt8]($0) }
        if self.repeatsSecret(raw) || self.repeatsSecret(text.bytes) {
            var step = SASLStep("challenge masked, it repeats a secret", problems: ["the server sent a secret back"])
            step.maskedColumns = [0..<raw.count]
            self.decoder.noteUnshownChallenge()
            return step
        }
        let isReadable = text.problems.allSatisfy(\.isHarmless)
        var step = self.decoder.challenge(isReadable ? text.bytes : raw, isBase64: isReadable)
        step.problems.insert(contentsOf: text.problems.map(\.summary), at: 0)
        if self.decoder.masksChallenges, !raw.isEmpty { step.maskedColumns = [0..<raw.count] }
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
        if self.isCancelled { return .notCheckable(reason: "the client cancelled the exchange") }
        guard let credential else { return .notCheckable(reason: "no password is known for this user") }
        return self.decoder.verdict(using: credential)
    }

    private mutating func clientLine(_ payload: RawSpan, isInitial: Bool) -> SASLStep {
        var text = Base64.decodeTolerantly(payload)
        defer { text.bytes.cleanse() }
        let isReadable = text.problems.allSatisfy(\.isHarmless)
        if self.mechanism == .digestMD5, let layer = SecurityLayer(digestResponse: text.bytes) {
            self.securityLayer = layer
        }
        var step = self.decoder.response(text.bytes, isReadable: isReadable, isInitial: isInitial)
        step.problems.insert(contentsOf: text.problems.map(\.summary), at: 0)
        if payload.byteCount > 0 {
            step.maskedColumns = [0..<payload.byteCount]
            // A line that only names the user is no secret elsewhere.
            if !step.secrets.isEmpty { step.secrets.append(Secret(payload.withUnsafeBytes { [UInt8]($0) })) }
        }
        step.secrets.removeAll { $0.count == 0 }
        self.secretsSeen.append(contentsOf: step.secrets.filter { $0.count >= Self.shortestRecognisedSecret })
        self.secretsSeen = self.secretsSeen.suffix(Self.rememberedSecrets)
        self.user = step.user ?? self.user
        self.authorizationIdentity = step.authorizationIdentity ?? self.authorizationIdentity
        return step
    }

    /// Shorter values occur by chance.
    private static let shortestRecognisedSecret = 5
    private static let rememberedSecrets = 16

    private func repeatsSecret(_ bytes: [UInt8]) -> Bool {
        self.secretsSeen.contains { secret in
            secret.withBytes { secret in
                guard bytes.count >= secret.count else { return false }
                return (0...bytes.count - secret.count).contains { start in
                    bytes[start..<start + secret.count].elementsEqual(secret)
                }
            }
        }
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
