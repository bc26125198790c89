import Testing
import Traffic

@testable import SASL

@Suite struct ExchangeTests {
    @Test func `an asterisk cancels`() {
        for mechanism in [Mechanism.plain, .login, .cramMD5, .gssapi] {
            var exchange = AuthenticationExchange(mechanism: mechanism)
            let step = exchange.response("*\r\n")
            #expect(step.summary == "cancelled by the client" && step.maskedColumns.isEmpty && step.secrets.isEmpty)
            #expect(exchange.isCancelled)
            #expect(
                exchange.verdict(using: .password(Secret("sesame")))
                    == .notCheckable(reason: "the client cancelled the exchange")
            )
        }
    }

    @Test func `an equals sign is the empty initial response and nothing else`() {
        var exchange = AuthenticationExchange(mechanism: .external)
        let step = exchange.initialResponse("=")
        #expect(step.summary == "the user that the TLS client certificate names")
        #expect(step.problems.isEmpty && step.secrets.isEmpty && step.maskedColumns.isEmpty)
        var other = AuthenticationExchange(mechanism: .plain)
        #expect(other.response("=").problems.contains("base64 has more padding than needed"))
    }

    @Test(arguments: ["KERBEROS_V4", "X-PRIVATE", "PLAIN-CLIENTTOKEN", nil])
    func `a mechanism that is not decoded is masked in both directions`(known: String?) throws {
        let mechanism = try known.map { try Mechanism(parsing: $0) }
        let name = known ?? "unknown mechanism"
        var exchange = AuthenticationExchange(mechanism: mechanism)
        let line = base64("token-that-is-secret")
        let step = exchange.response(line)
        #expect(step.summary == "\(name) response masked, up to 64 octets")
        #expect(step.maskedColumns == [0..<line.count])
        #expect(step.secretTexts == ["token-that-is-secret", String(decoding: line, as: UTF8.self)])
        let challenge = base64("r=nonce,s=salt")
        let answer = exchange.challenge(challenge)
        #expect(answer.summary == "\(name) challenge masked, up to 64 octets")
        #expect(answer.maskedColumns == [0..<challenge.count] && answer.challenge == nil)
        #expect(exchange.challenge("").maskedColumns.isEmpty)
        #expect(exchange.verdict(using: .password(Secret("x"))) == .notCheckable(reason: "\(name) is not decoded"))
        let long = exchange.response(Base64.encode((0..<2048).map { UInt8(truncatingIfNeeded: $0 * 7) }))
        #expect(long.summary == "\(name) response masked, 2048 octets of binary, 8.0 bits of entropy an octet")
        #expect(long.fields.map(\.name) == ["size", "entropy"])
    }

    /// What a mechanism does not expect may be anything, so nothing of it is shown.
    @Test(arguments: [
        Mechanism.digestMD5, .scramSHA1, .scramSHA256, .scramSHA512Plus, .xoauth2, .oauthBearer, .oauth10A, .ntlm,
        .gssapi,
        .gssSPNEGO, .otp, .cramMD5, .plain,
    ])
    func `a message that a mechanism does not know is masked in both directions`(mechanism: Mechanism) {
        for secret in [
            "token-that-is-secret", "r=token-that-is-secret,s=", "\0x\0token-that-is-secret",
            "token-that-is-secret auth=x",
        ] {
            var exchange = AuthenticationExchange(mechanism: mechanism)
            let line = base64(secret)
            let step = exchange.response(line)
            #expect(!step.everythingShown.contains("token-that"), "\(mechanism.name): \(step.everythingShown)")
            #expect(step.maskedColumns == [0..<line.count])
            #expect(step.secretTexts.contains { $0.contains("token-that-is-secret") })
            // Sent back by the server, in part or whole, it is masked as well.
            let echo = base64("you said token-that-is-secret")
            let answer = exchange.challenge(echo)
            #expect(!answer.everythingShown.contains("token-that"), "\(mechanism.name): \(answer.everythingShown)")
            #expect(answer.maskedColumns == [0..<echo.count])
        }
    }

    @Test(arguments: Mechanism.everyKnownName)
    func `no octets bring a mechanism down, and broken base64 is masked`(name: String) throws {
        var random = SystemRandomNumberGenerator()
        for count in 0..<160 {
            var exchange = AuthenticationExchange(mechanism: try Mechanism(parsing: name))
            exchange.time = Timestamp(seconds: 1_800_000_000, nanoseconds: 0)
            for turn in 0..<4 {
                let octets = (0..<count * (turn + 1)).map { _ in UInt8.random(in: 0...255, using: &random) }
                let step =
                    turn % 2 == 0 ? exchange.response(Base64.encode(octets)) : exchange.challenge(Base64.encode(octets))
                #expect(step.summary.utf8.count < 4096)
            }
            _ = exchange.verdicts("password")
        }
        var exchange = AuthenticationExchange(mechanism: try Mechanism(parsing: name))
        let step = exchange.response("not!base64 secretword")
        #expect(step.maskedColumns == [0..<21] && !step.everythingShown.contains("secretword"))
        #expect(!step.problems.isEmpty)
    }

    @Test func `a message beyond every limit is masked and told, not read`() {
        var exchange = AuthenticationExchange(mechanism: .oauthBearer)
        let line = [UInt8](repeating: UInt8(ascii: "A"), count: 1 << 20)
        let step = exchange.response(line)
        #expect(step.summary == "message masked, 1048576 octets" && step.problems.count == 1)
        #expect(exchange.verdicts("x").client == .notCheckable(reason: "a message was too long to be kept"))
    }

    @Test func `directions of text and controls cannot come through a user name`() {
        var exchange = AuthenticationExchange(mechanism: .login)
        let step = exchange.response(base64("a\u{202E}b\u{9B}c\u{2028}d✓é"))
        #expect(step.user == "a\\xe2\\x80\\xaeb\\xc2\\x9bc\\xe2\\x80\\xa8d✓é")
    }

    @Test func `no length of a password can be told from what is shown`() {
        for mechanism in [Mechanism.plain, .login, .scramSHA256] {
            let shown = [1, 2, 3, 8, 17].map { length -> String in
                var exchange = AuthenticationExchange(mechanism: mechanism)
                let password = String(repeating: "q", count: length)
                if mechanism == .login { _ = exchange.response(base64("tim")) }
                return exchange.response(base64(mechanism == .plain ? "\0tim\0" + password : password)).shown
            }
            #expect(Set(shown).count == 1)
        }
    }

    @Test(arguments: [Mechanism.plain, .login, .cramMD5, .scramSHA256])
    func `nothing that holds a secret shows it`(mechanism: Mechanism) {
        let password = "correct-horse-7"
        let line = base64("\0tim\0" + password)
        var exchange = AuthenticationExchange(mechanism: mechanism)
        var steps = [exchange.response(base64("tim"))]
        if mechanism != .login { exchange = AuthenticationExchange(mechanism: mechanism) }
        steps.append(exchange.response(mechanism == .login ? base64(password) : line))
        let texts =
            everyDescription(of: exchange) + steps.flatMap { everyDescription(of: $0) }
            + everyDescription(of: Credential.password(Secret(password)))
        for text in texts {
            #expect(!text.contains(password))
            #expect(!text.contains(String(decoding: line, as: UTF8.self)))
            // The octets as numbers, as a dumped array has them.
            #expect(!text.contains("99, 111, 114, 114"))
        }
    }
}

extension Mechanism {
    static let everyKnownName = MechanismRegistration.all.flatMap(\.names)
}
