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
    public var properties: MechanismProperties? {
        switch self.name {
        case "PLAIN": .init(.client, .password)
        // draft-murchison-sasl-login-00
        case "LOGIN": .init(.server, .password)
        case "CRAM-MD5": .init(.server, .guessable)
        // RFC 2831: qop auth-int and auth-conf are security layers.
        case "DIGEST-MD5": .init(.server, .guessable, layer: true)
        case "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS",
            "SCRAM-SHA-512-PLUS":
            .init(.client, .guessable)
        case "XOAUTH2", "OAUTHBEARER": .init(.client, .bearerToken)
        // RFC 7628 section 3: requests are signed, the token secret stays at home.
        case "OAUTH10A": .init(.client, .cryptographicProof)
        case "NTLM": .init(.client, .guessable)
        // RFC 4752 section 3; GSS-SPNEGO negotiates Kerberos or NTLM and wraps in the same way.
        case "GSSAPI": .init(.client, .cryptographicProof, layer: true)
        case "GSS-SPNEGO": .init(.client, .guessable, layer: true)
        // RFC 2222 section 7.1
        case "KERBEROS_V4": .init(.server, .cryptographicProof, layer: true)
        case "EXTERNAL", "ANONYMOUS": .init(.client, .nothing)
        // RFC 2444 section 3: the client begins with its identities.
        case "OTP", "SKEY": .init(.client, .oneTimePassword)
        default: nil
        }
    }
}
