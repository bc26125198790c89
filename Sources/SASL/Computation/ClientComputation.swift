public import Traffic

/// What a client answers to a challenge, step by step, the way a person checks it by hand.
public struct ClientComputation: Sendable {
    public var mechanism: Mechanism
    public var user: String
    public var authorizationIdentity: String?
    /// The password, passphrase or token.
    public var password: Secret
    /// The server's challenge before base64; nil where there is none, or for the message that comes before it.
    public var challenge: [UInt8]?
    public var realm: String?
    /// The name of the server, for `digest-uri` and `host=`.
    public var host: String?
    public var port: UInt16?
    /// The client's nonce, where it has one.
    public var clientNonce: [UInt8]
    /// `tls-exporter` and its like with its octets, for the `-PLUS` mechanisms.
    public var channelBinding: (name: String, data: [UInt8])?

    public init(mechanism: Mechanism, user: String, password: Secret, challenge: [UInt8]?, clientNonce: [UInt8]) {
        self.mechanism = mechanism
        self.user = user
        self.password = password
        self.challenge = challenge
        self.clientNonce = clientNonce
    }

    /// The most iterations that are computed for one answer.
    static let mostIterations = 10_000_000

    /// The mechanisms that an answer can be computed for.
    public static let mechanisms = [
        "PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "SCRAM-SHA3-512",
        "XOAUTH2", "OAUTHBEARER", "OTP", "EXTERNAL", "ANONYMOUS",
    ]

    /// Whether the mechanism needs a password, passphrase or token.
    public static func needsPassword(_ mechanism: Mechanism) -> Bool {
        mechanism != .external && mechanism != .anonymous
    }

    /// The steps up to the line that the client sends, and what the server then has to prove.
    public func steps() throws(ComputationError) -> [ComputationStep] {
        switch self.mechanism {
        case .plain: return try self.plain()
        case .login: return self.login()
        case .xoauth2: return try self.xoauth2()
        case .oauthBearer: return self.oauthBearer()
        case .external: return self.message(Array((self.authorizationIdentity ?? self.user).utf8), isSecret: false)
        case .anonymous: return self.message(Array(self.user.utf8), isSecret: false)
        case .cramMD5: return try self.cramMD5()
        case .digestMD5: return try self.digestMD5()
        case .otp: return try self.oneTimePassword()
        default:
            if let digest = SCRAM.digest(ofMechanism: self.mechanism.name) { return try self.scram(using: digest) }
            throw ComputationError(
                "answers of \(self.mechanism.name) are not computed",
                advice: "one of \(Self.mechanisms.joined(separator: ", ")), SCRAM also with -PLUS"
            )
        }
    }

    /// The challenge, which this mechanism cannot do without.
    func neededChallenge() throws(ComputationError) -> [UInt8] {
        guard let challenge = self.challenge else {
            throw ComputationError(
                "\(self.mechanism.name) answers a challenge",
                advice: "give what stands behind + in the server's line with --challenge"
            )
        }
        return challenge
    }

    /// The last two steps: the message, and the line in base64.
    func message(_ octets: [UInt8], isSecret: Bool) -> [ComputationStep] {
        let line = Base64.encode(octets)
        if isSecret {
            return [
                ComputationStep("message", "", .secret(Secret(octets))),
                ComputationStep("line", "base64(message)", .secret(Secret(line))),
            ]
        }
        return [
            ComputationStep("message", "", .proof(Secret(octets))),
            ComputationStep("line", "base64(message)", .proof(Secret(line))),
        ]
    }
}
