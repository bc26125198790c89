import SASL
import Testing
import Traffic

@Suite struct PlainTests {
    // RFC 4616 section 4.
    @Test(
        arguments: [
            ("AHRpbQB0YW5zdGFhZnRhbnN0YWFm", "tim", nil, "tanstaaftanstaaf", "user tim, password masked"),
            (
                "VXJzZWwAS3VydAB4aXBqM3BsbXE=", "Kurt", "Ursel", "xipj3plmq",
                "user Kurt acting as Ursel, password masked"
            ),
        ] as [(String, String, String?, String, String)]
    )
    func `the examples of RFC 4616 are explained and verified`(
        line: String,
        user: String,
        identity: String?,
        password: String,
        summary: String
    ) {
        var exchange = AuthenticationExchange(mechanism: .plain)
        let step = exchange.initialResponse(line)
        #expect(step.summary == summary)
        #expect(step.user == user && exchange.user == user)
        #expect(step.authorizationIdentity == identity && exchange.authorizationIdentity == identity)
        #expect(step.problems.isEmpty)
        #expect(step.maskedColumns == [0..<line.utf8.count])
        #expect(step.secretTexts == [password, line])
        #expect(exchange.isComplete)
        #expect(exchange.verdict(using: .password(Secret(password))) == .verified)
        #expect(
            exchange.verdict(using: .password(Secret(password + "x")))
                == .wrong(reason: "the password is not the given one")
        )
    }

    @Test func `the message may follow an empty challenge`() {
        var exchange = AuthenticationExchange(mechanism: .plain)
        let challenge = exchange.challenge("")
        #expect(challenge.summary == "empty challenge" && challenge.maskedColumns.isEmpty)
        #expect(exchange.response("AHRpbQB0YW5zdGFhZnRhbnN0YWFm\r\n").user == "tim")
        #expect(exchange.verdict(using: .password(Secret("tanstaaftanstaaf"))) == .verified)
    }

    @Test(arguments: [
        ("tim", "1 of 3"), ("tim\0sesame", "2 of 3"), ("\0tim\0sesame\0", "4 of 3"), ("", "1 of 3"),
    ])
    func `a message with the wrong number of fields shows none of them`(message: String, found: String) {
        var exchange = AuthenticationExchange(mechanism: .plain)
        let step = exchange.response(base64(message))
        #expect(step.summary == "malformed response masked")
        #expect(step.problems == ["PLAIN message has \(found) fields (RFC 4616 section 2)"])
        #expect(step.user == nil)
        #expect(!step.shown.contains("sesame") && !step.shown.contains("tim"))
        if message.contains("sesame") { #expect(step.secretTexts.contains("sesame")) }
        guard case .notCheckable = exchange.verdict(using: .password(Secret("sesame"))) else {
            Issue.record("a malformed message got a verdict")
            return
        }
    }

    @Test(arguments: ["\0tim\0sesame", "AHRpbQ!BzZXNhbWU=", "AHRpbQ==AHNlc2FtZQ=="])
    func `a damaged line shows nothing`(line: String) {
        var exchange = AuthenticationExchange(mechanism: .plain)
        let step = exchange.response(line)
        #expect(step.summary == "damaged response masked")
        #expect(!step.problems.isEmpty && step.user == nil)
        #expect(!step.shown.contains("sesame") && !step.shown.contains("tim"))
        #expect(step.maskedColumns == [0..<line.utf8.count])
        #expect(step.secretTexts.contains(line))
    }

    @Test func `missing padding is reported and read all the same`() {
        var exchange = AuthenticationExchange(mechanism: .plain)
        let step = exchange.initialResponse("AHRpbQBzZXNhbWUx1")
        #expect(step.summary == "damaged response masked")
        var second = AuthenticationExchange(mechanism: .plain)
        let read = second.initialResponse("AHRpbQBwdw")
        #expect(read.user == "tim" && read.problems == ["base64 lacks its padding"])
        #expect(second.verdict(using: .password(Secret("pw"))) == .verified)
    }

    @Test func `empty fields and text that is not UTF-8 are problems`() {
        var empty = AuthenticationExchange(mechanism: .plain)
        let step = empty.response(base64("\0\0"))
        #expect(step.summary == "empty user, empty password")
        #expect(step.problems.count == 2)

        var latin = AuthenticationExchange(mechanism: .plain)
        let other = latin.response(Base64.encode([0, 0x74, 0xe4, 0x1b, 0, 0x70, 0x77]))
        #expect(other.user == "t\\xe4\\x1b")
        #expect(other.problems == ["PLAIN message is not UTF-8 (RFC 4616 section 2)"])
    }

    @Test func `a second message is masked and spoils the verdict`() {
        var exchange = AuthenticationExchange(mechanism: .plain)
        _ = exchange.initialResponse(base64("\0tim\0sesame"))
        let step = exchange.response(base64("\0tim\0other-secret"))
        #expect(step.summary == "further response masked" && !step.shown.contains("other-secret"))
        #expect(exchange.verdict(using: .password(Secret("sesame"))) != .verified)
    }

    @Test func `passwords are equal after SASLprep or octet for octet`() {
        for (sent, known) in [("pa\u{308}ss", "p\u{E4}ss"), ("I\u{AD}X", "IX"), ("a\u{7}b", "a\u{7}b")] {
            var exchange = AuthenticationExchange(mechanism: .plain)
            _ = exchange.response(base64("\0bob\0" + sent))
            #expect(exchange.verdict(using: .password(Secret(known))) == .verified)
        }
    }

    @Test func `a built message is read back`() throws {
        let built = try PlainMessage(authorizationIdentity: "Ursel", user: "Kurt", password: Secret("xipj3plmq"))
        #expect(Base64.encode(built.encoded()) == Array("VXJzZWwAS3VydAB4aXBqM3BsbXE=".utf8))
        #expect(throws: PlainMessage.Problem.containsNUL) { try PlainMessage(user: "a\0b", password: Secret("c")) }
        #expect(throws: PlainMessage.Problem.containsNUL) { try PlainMessage(user: "ab", password: Secret("c\0")) }
    }
}
