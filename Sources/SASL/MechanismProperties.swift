/// What is fixed about a mechanism by its specification.
public struct MechanismProperties: Sendable, Hashable {
    /// Who sends the first message that has content.
    public enum FirstSpeaker: Sendable, Hashable {
        case client
        case server
    }

    /// What someone who reads the exchange gets hold of.
    public enum SecretExposure: Sendable, Hashable {
        /// The password itself.
        case password
        /// A token that is as good as a password until it expires (RFC 6750 section 1.2, bearer token).
        case bearerToken
        /// A code that works once.
        case oneTimePassword
        /// A value computed from the password, against which guesses can be tried.
        case guessable
        /// A ticket or signature; nothing to guess a password by without more.
        case cryptographicProof
        /// Nothing secret is sent.
        case nothing
    }

    public let firstSpeaker: FirstSpeaker
    /// Whether the octets after success may be wrapped (RFC 4422 section 3.7), so that an observer goes blind.
    public let mayInstallSecurityLayer: Bool
    public let exposure: SecretExposure

    /// Whether an observer can use what he reads at once, as with a password or a bearer token.
    public var secretTravelsInClear: Bool {
        self.exposure == .password || self.exposure == .bearerToken
    }

    init(_ firstSpeaker: FirstSpeaker, _ exposure: SecretExposure, layer: Bool = false) {
        self.firstSpeaker = firstSpeaker
        self.exposure = exposure
        self.mayInstallSecurityLayer = layer
    }
}

extension Mechanism {
    /// Nil for a mechanism that we do not know.
    public var properties: MechanismProperties? { MechanismRegistration.byName[self.name]?.properties }
}
