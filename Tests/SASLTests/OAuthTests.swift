import Testing
import Traffic

@testable import SASL

@Suite struct OAuthTests {
    static func jwt(_ header: String, _ claims: String) -> String {
        func part(_ text: String) -> String {
            String(decoding: base64(text), as: UTF8.self).replacing("=", with: "").replacing("+", with: "-").replacing(
                "/",
                with: "_"
            )
        }
        return "\(part(header)).\(part(claims)).c2lnbmF0dXJlLW9mLXRoZS10b2tlbg"
    }

    private func bearer(_ token: String, at seconds: Int64? = nil, user: String = "joe@example.com") throws -> SASLStep
    {
        var exchange = AuthenticationExchange(mechanism: .xoauth2)
        if let seconds { exchange.time = Timestamp(seconds: seconds, nanoseconds: 0) }
        return exchange.initialResponse(base64("user=\(user)\u{1}auth=Bearer \(token)\u{1}\u{1}"))
    }

    @Test func `the examples of the providers and of RFC 7628 are explained, with their tokens masked`() {
        var xoauth2 = AuthenticationExchange(mechanism: .xoauth2)
        let step = xoauth2.initialResponse(
            "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ=="
        )
        #expect(step.summary == "user someuser@example.com, Google access token, token masked" && step.problems.isEmpty)
        let error = xoauth2.challenge(
            "eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIG1hYyIsInNjb3BlIjoiaHR0cHM6Ly9tYWlsLmdvb2dsZS5jb20vIn0K"
        )
        #expect(error.summary == "token refused: status 401, schemes bearer mac, scope https://mail.google.com/")
        #expect(error.field("status") == "401" && error.problems.isEmpty)
        #expect(xoauth2.response("").summary == "error acknowledged")

        var bearer = AuthenticationExchange(mechanism: .oauthBearer)
        let message = bearer.initialResponse(
            "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB"
        )
        #expect(message.summary == "user user@example.com, at server.example.com:143, opaque token, token masked")
        #expect(message.field("port") == "143" && !message.everythingShown.contains("vF9dft"))
        _ = bearer.challenge(base64("{\"status\":\"invalid_token\"}"))
        #expect(bearer.response("AQ==").problems.isEmpty)
        #expect(
            bearer.verdicts("x").client.reason == "only the server that issued a token can tell whether it is right"
        )
    }

    @Test func `the claims of a JWT are told, its signature is not`() throws {
        let token = Self.jwt(
            #"{"alg":"RS256","typ":"JWT","kid":"key-7"}"#,
            #"{"iss":"https://id.example.com","aud":["imap","smtp"],"sub":"joe@example.com","scope":"mail.read mail.send","iat":1700000000,"nbf":1700000000,"exp":1700003600,"x-secret":"hunter2hunter2"}"#
        )
        let step = try self.bearer(token, at: 1_700_000_100)
        #expect(step.problems.isEmpty)
        #expect(
            step.summary
                == "user joe@example.com, JWT RS256, issued by https://id.example.com, for imap smtp, about joe@example.com, "
                + "scope mail.read mail.send, expires 2023-11-14 23:13:20 UTC, token masked"
        )
        #expect(step.field("jwt-kid") == "key-7" && step.field("jwt-aud") == "imap smtp")
        #expect(step.field("jwt-exp") == "2023-11-14 23:13:20 UTC" && step.field("jwt-other-claims") == "x-secret")
        for hidden in ["hunter2", "c2lnbmF0", String(token.prefix(20))] {
            #expect(!step.everythingShown.contains(hidden))
        }
        #expect(step.secretTexts.contains(token))
    }

    @Test(arguments: [
        (
            #"{"alg":"none"}"#, #"{"aud":"a","exp":1700003600}"#,
            "the token is not signed: alg is none (RFC 8725 section 3.1)"
        ),
        (
            #"{"alg":"ES256"}"#, #"{"aud":"a","exp":1699999999}"#,
            "the token expired at 2023-11-14 22:13:19 UTC (RFC 7519 section 4.1.4)"
        ),
        (
            #"{"alg":"ES256"}"#, #"{"aud":"a","nbf":1700009999,"exp":1700019999}"#,
            "the token is not valid before 2023-11-15 00:59:59 UTC (RFC 7519 section 4.1.5)"
        ),
        (#"{"alg":"ES256"}"#, #"{"aud":"a"}"#, "the token has no expiry (RFC 7519 section 4.1.4)"),
        (#"{"alg":"ES256"}"#, #"{"exp":1700003600}"#, "the token has no audience (RFC 8725 section 3.9)"),
        (
            #"{"alg":"ES256"}"#, #"{"aud":"a","exp":1700003600,"upn":"eve@example.com"}"#,
            "the token is about another user than the one who is named"
        ),
    ])
    func `what is wrong with a token is named`(header: String, claims: String, problem: String) throws {
        let step = try self.bearer(Self.jwt(header, claims), at: 1_700_000_000)
        #expect(step.problems.map(\.text) == [problem])
    }

    @Test func `hostile claims cost little and show nothing`() throws {
        let many = "{" + (0..<1_000_000).map { "\"c\($0)\":1" }.joined(separator: ",") + "}"
        let deep = String(repeating: "[", count: 100_000)
        let clock = ContinuousClock()
        for claims in [
            many, deep, #"{"exp":1e400}"#, #"{"exp":"soon","aud":{"a":[1]}}"#, "{\"a\":\"\\ud800\"}", "{\"a\":",
        ] {
            let token = Self.jwt(#"{"alg":"RS256"}"#, claims)
            let line = base64("user=joe@example.com\u{1}auth=Bearer \(token)\u{1}\u{1}")
            var exchange = AuthenticationExchange(mechanism: .xoauth2)
            var step: SASLStep?
            let time = clock.measure { step = exchange.initialResponse(line) }
            #expect(time < .seconds(2))
            #expect(step.map { $0.summary.utf8.count < 1_000 } == true)
        }
        let escapes = try self.bearer(
            Self.jwt(#"{"alg":"\u001b[2Jx"}"#, #"{"iss":"\u202eevil","aud":"\n","exp":1700003600}"#),
            at: 1_700_000_000
        )
        #expect(!escapes.everythingShown.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    }

    @Test(arguments: [
        "user=joe", "user=joe\u{1}auth=Bearertoken-secret\u{1}\u{1}", "user=joe auth=Bearer token-secret\u{1}\u{1}",
        "user=joe\u{1}auth=Bearer token-secret\u{1}auth=Bearer token-secret\u{1}\u{1}", "\u{1}\u{1}", "token-secret",
        "user=joe\u{1}auth=Digest token-secret\u{1}\u{1}",
    ])
    func `a message of another form is masked whole`(message: String) throws {
        for mechanism in ["XOAUTH2", "OAUTHBEARER"] {
            let (_, steps) = try play(mechanism, [.c(message)])
            #expect(steps[0].summary == "malformed response masked" && steps[0].user == nil)
            #expect(!steps[0].everythingShown.contains("token-secret"))
        }
    }

    @Test func `what one mechanism has from the other is named`() throws {
        let (_, bearer) = try play("OAUTHBEARER", [.c("n,a=joe,\u{1}user=joe\u{1}auth=Bearer abcdefgh\u{1}")])
        #expect(bearer[0].problems.count == 2)
        let (_, refused) = try play(
            "XOAUTH2",
            [.c("user=joe\u{1}auth=Bearer abcdefgh\u{1}\u{1}"), .s("{}"), .c("\u{1}")]
        )
        #expect(refused[1].problems == ["OAuth error has no status (RFC 7628 section 3.2.2)"])
        #expect(refused[2].problems == ["XOAUTH2 error was not answered with an empty message"])
        let (_, junk) = try play("XOAUTH2", [.c("user=joe\u{1}auth=Bearer abcdefgh\u{1}\u{1}"), .s("not json")])
        #expect(junk[1].summary == "unexpected challenge masked")
    }
}
