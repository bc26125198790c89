import IMAPProtocol
public import IMAPSession
public import SASL
public import Traffic

/// A LOGIN or AUTHENTICATE from its command to its answer.
public struct AuthenticationAttempt: Sendable {
    /// One line of it, decoded.
    public struct Step: Sendable {
        public var direction: Direction
        public var step: SASLStep
        public var offset: UInt64
        public var time: Timestamp
    }

    /// In capitals; `LOGIN command` for the command.
    public var mechanism: String
    /// The offset of its command in the client's stream.
    public var offset: UInt64
    public var began: Timestamp
    /// Its command, masked and cut.
    var line: String?
    var packet: UInt32 = 0
    /// Whether the client's and the server's leg were TLS when its secret was sent.
    public var clientIsSecure: Bool
    public var serverIsSecure: Bool
    /// What the server had offered last.
    public var offer: CapabilityOffer?
    public var hasInitialResponse = false
    /// At most ``stepLimit``.
    public var steps: [Step] = []
    /// Known when it is over.
    public var outcome: AuthenticationOutcome?
    /// The server's text at its end, masked and cut.
    public var answer = ""
    /// The word of the response code at its end: `AUTHENTICATIONFAILED`.
    public var code: String?
    public var ended: Timestamp?

    static let stepLimit = 32

    /// What was said under a name by one side, first occurrence.
    public func field(_ name: String, of direction: Direction) -> String? {
        for step in self.steps where step.direction == direction {
            if let field = step.step.fields.first(where: { $0.name == name }) { return field.value }
        }
        return nil
    }

    public func steps(of direction: Direction) -> [Step] { self.steps.filter { $0.direction == direction } }

    public var isCommand: Bool { self.mechanism == Self.loginCommand }
    public static let loginCommand = "LOGIN command"

    public var isSCRAM: Bool { self.mechanism.hasPrefix("SCRAM-") }
    public var isPlus: Bool { self.mechanism.hasSuffix("-PLUS") }
    public var isOAuth: Bool { ["XOAUTH2", "OAUTHBEARER"].contains(self.mechanism) }

    /// Whether who reads it has the password, or a token as good as one.
    public var sendsSecret: Bool {
        ["LOGIN command", "PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER", "XOAUTH", "PLAIN-CLIENTTOKEN", "SECURID"]
            .contains(self.mechanism)
    }

    /// The security layer that both sides agreed on, as the mechanism calls it; nil for none.
    public var securityLayer: String? {
        let layer = self.field("security-layer", of: .client) ?? self.field("qop", of: .client)
        return layer == "none" || layer == "auth" ? nil : layer
    }

    public var succeeded: Bool { self.outcome?.status == .ok }
    public var user: String? { self.outcome?.user ?? self.steps.lazy.compactMap(\.step.user).last }
}
