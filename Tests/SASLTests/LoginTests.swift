import SASL
import Testing
import Traffic

@Suite struct LoginTests {
    @Test func `prompts and user are shown, the password is not`() {
        var exchange = AuthenticationExchange(mechanism: .login)
        let first = exchange.challenge("VXNlcm5hbWU6")
        #expect(first.summary == "prompt Username:" && first.challenge == "Username:" && first.maskedColumns.isEmpty)
        let user = exchange.response("dGlt")
        #expect(user.summary == "user tim" && user.user == "tim" && user.maskedColumns == [0..<4])
        #expect(user.secrets.isEmpty && !exchange.isComplete)
        #expect(exchange.challenge("UGFzc3dvcmQ6").summary == "prompt Password:")
        let password = exchange.response("dGFuc3RhYWZ0YW5zdGFhZg==")
        #expect(password.summary == "password masked" && password.user == nil)
        #expect(password.secretTexts == ["tanstaaftanstaaf", "dGFuc3RhYWZ0YW5zdGFhZg=="])
        #expect(exchange.isComplete && exchange.user == "tim")
        #expect(exchange.verdict(using: .password(Secret("tanstaaftanstaaf"))) == .verified)
        #expect(exchange.verdict(using: .password(Secret("tanstaaf"))).isVerified == false)
    }

    @Test func `the prompts of the draft end in NUL`() {
        var exchange = AuthenticationExchange(mechanism: .login)
        #expect(exchange.challenge("VXNlciBOYW1lAA==").challenge == "User Name\\x00")
        _ = exchange.response("dGlt")
        #expect(exchange.challenge("UGFzc3dvcmQA").challenge == "Password\\x00")
    }

    @Test func `the user may be the initial response`() {
        var exchange = AuthenticationExchange(mechanism: .login)
        let step = exchange.initialResponse("dGlt")
        #expect(step.summary == "user tim" && step.problems.isEmpty)
        _ = exchange.challenge("UGFzc3dvcmQ6")
        #expect(exchange.response(base64("sesame")).summary == "password masked")
        #expect(exchange.verdict(using: .password(Secret("sesame"))) == .verified)
    }

    @Test func `prompts in another order make nothing visible`() {
        var exchange = AuthenticationExchange(mechanism: .login)
        _ = exchange.challenge(base64("Password:"))
        let first = exchange.response(base64("sesame"))
        #expect(first.summary == "response masked" && first.secretTexts.contains("sesame"))

        var again = AuthenticationExchange(mechanism: .login)
        _ = again.initialResponse(base64("tim"))
        _ = again.challenge(base64("Username:"))
        let second = again.response(base64("sesame"))
        #expect(second.summary == "response masked" && second.user == nil)
        _ = again.challenge(base64("Password:"))
        #expect(again.response(base64("sesame")).summary == "further response masked")
        #expect(again.verdict(using: .password(Secret("sesame"))) != .verified)
    }

    @Test func `a PLAIN message sent by mistake stays hidden`() {
        var exchange = AuthenticationExchange(mechanism: .login)
        let step = exchange.initialResponse(base64("\0tim\0sesame"))
        #expect(step.user == nil && !step.shown.contains("sesame"))
        #expect(step.secretTexts.contains("sesame"))
    }

    @Test func `a challenge that is not base64 is shown escaped`() {
        var exchange = AuthenticationExchange(mechanism: .login)
        let step = exchange.challenge("Ready \u{1B}[31m for more")
        #expect(step.challenge == "Ready \\x1b[31m for more")
        #expect(step.problems.contains("base64 contains a character outside its alphabet"))
    }

    @Test func `a server that sends the password back does not make us show it`() {
        for echo in [
            Array("NO you sent sesame1".utf8), base64("u sent sesame1!"), base64("ou sent sesame1"), base64("sesame1"),
        ] {
            var exchange = AuthenticationExchange(mechanism: .login)
            _ = exchange.response(base64("tim"))
            _ = exchange.response(base64("sesame1"))
            let step = exchange.challenge(echo)
            #expect(step.maskedColumns == [0..<echo.count] && step.challenge == nil)
            #expect(!step.shown.contains("sesame1"))
        }
    }
}
