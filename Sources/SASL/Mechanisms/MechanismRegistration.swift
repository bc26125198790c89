import Cryptography

/// A mechanism as the rest of the program finds it.
struct MechanismRegistration: Sendable {
    let names: [String]
    let properties: MechanismProperties
    /// Makes a decoder for one exchange of the mechanism of this name.
    let decoder: @Sendable (String) -> any MechanismDecoder

    init(
        _ names: String...,
        properties: MechanismProperties,
        decoder: @escaping @Sendable (String) -> any MechanismDecoder = { OpaqueDecoder(name: $0) }
    ) {
        self.names = names
        self.properties = properties
        self.decoder = decoder
    }

    /// Every mechanism that we know: one line each.
    static let all: [MechanismRegistration] = [
        .init("PLAIN", properties: .init(.client, .password)) { _ in PlainDecoder() },
        .init("LOGIN", properties: .init(.server, .password)) { _ in LoginDecoder() },
        .init("CRAM-MD5", properties: .init(.server, .guessable)) { _ in CRAMMD5Decoder() },
        .init("DIGEST-MD5", properties: .init(.server, .guessable, layer: true)) { _ in DigestMD5Decoder() },
        .scram("SHA-1", .sha1),
        .scram("SHA-256", .sha256),
        .scram("SHA-512", .sha512),
        .scram("SHA3-512", .sha3512),
        .init("XOAUTH2", properties: .init(.client, .bearerToken)) { _ in OAuthDecoder(.xoauth2) },
        .init("OAUTHBEARER", properties: .init(.client, .bearerToken)) { _ in OAuthDecoder(.oauthBearer) },
        // RFC 7628 section 3: requests are signed, the token secret stays at home.
        .init("OAUTH10A", properties: .init(.client, .cryptographicProof)) { _ in OAuthDecoder(.oauth10A) },
        .init("NTLM", properties: .init(.client, .guessable)) { _ in NTLMDecoder() },
        .init("GSSAPI", properties: .init(.client, .cryptographicProof, layer: true)) { GSSDecoder(name: $0) },
        // It negotiates Kerberos or NTLM and wraps in the same way.
        .init("GSS-SPNEGO", properties: .init(.client, .guessable, layer: true)) { GSSDecoder(name: $0) },
        .init("EXTERNAL", properties: .init(.client, .nothing)) { _ in IdentityDecoder(.external) },
        .init("ANONYMOUS", properties: .init(.client, .nothing)) { _ in IdentityDecoder(.anonymous) },
        .init("OTP", properties: .init(.client, .oneTimePassword)) { _ in OTPDecoder(.otp) },
        .init("SKEY", properties: .init(.client, .oneTimePassword)) { _ in OTPDecoder(.skey) },
        // RFC 2222 section 7.1
        .init("KERBEROS_V4", properties: .init(.server, .cryptographicProof, layer: true)),
    ]

    static let byName: [String: MechanismRegistration] = {
        var table: [String: MechanismRegistration] = [:]
        for registration in Self.all {
            for name in registration.names { table[name] = registration }
        }
        return table
    }()
}
