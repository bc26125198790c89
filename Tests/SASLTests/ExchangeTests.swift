import SASL
import Testing
import Traffic

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
        #expect(step.summary == "EXTERNAL initial response masked, empty")
        #expect(step.problems.isEmpty && step.secrets.isEmpty && step.maskedColumns.isEmpty)
        var other = AuthenticationExchange(mechanism: .plain)
        #expect(other.response("=").problems.contains("base64 has more padding than needed"))
    }

    @Test(arguments: [
        Mechanism.digestMD5, .scramSHA1, .scramSHA256, .scramSHA512Plus, .xoauth2, .oauthBearer, .ntlm, .gssapi,
        .gssSPNEGO, .external, .anonymous, .otp, nil,
    ])
    func `a mechanism that is not decoded is masked in both directions`(mechanism: Mechanism?) {
        let name = mechanism?.name ?? "unknown mechanism"
        var exchange = AuthenticationExchange(mechanism: mechanism)
        let line = base64("token-that-is-secret")
        let step = exchange.initialResponse(line)
        #expect(step.summary == "\(name) initial response masked, up to 64 octets")
        #expect(step.maskedColumns == [0..<line.count])
        #expect(step.secretTexts == ["token-that-is-secret", String(decoding: line, as: UTF8.self)])
        let challenge = base64("r=nonce,s=salt")
        let answer = exchange.challenge(challenge)
        #expect(answer.summary == "\(name) challenge masked, up to 64 octets")
        #expect(answer.maskedColumns == [0..<challenge.count] && answer.challenge == nil)
        #expect(exchange.challenge("").maskedColumns.isEmpty)
        #expect(exchange.verdict(using: .password(Secret("x"))) == .notCheckable(reason: "\(name) is not decoded"))
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
