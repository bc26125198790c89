import Cryptography
import SASL
import Testing
import Traffic

@Suite struct CRAMMD5Tests {
    struct Vector: Sendable {
        var challenge: String
        var plainChallenge: String
        var user: String
        var password: String
        var digest: String
    }

    // RFC 2195 section 2, and a login that a tutorial describes line by line.
    static let vectors = [
        Vector(
            challenge: "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+",
            plainChallenge: "<1896.697170952@postoffice.reston.mci.net>",
            user: "tim",
            password: "tanstaaftanstaaf",
            digest: "b913a602c7eda7a495b4e6e7334d3890"
        ),
        Vector(
            challenge: "PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+",
            plainChallenge: "<1856515982593296.1577749809@bluefin.p>",
            user: "drichards",
            password: "My_P@ssword1",
            digest: "786abbf9d4d38e270c895b82318c2223"
        ),
    ]

    @Test(arguments: vectors)
    func `the known exchanges are explained and verified`(vector: Vector) {
        var exchange = AuthenticationExchange(mechanism: .cramMD5)
        let challenge = exchange.challenge(vector.challenge)
        #expect(challenge.summary == "challenge \(vector.plainChallenge)")
        #expect(challenge.challenge == vector.plainChallenge)
        #expect(challenge.maskedColumns.isEmpty && challenge.problems.isEmpty && challenge.secrets.isEmpty)

        let line = base64("\(vector.user) \(vector.digest)")
        let response = exchange.response(line)
        #expect(response.summary == "user \(vector.user), digest masked")
        #expect(response.user == vector.user && response.problems.isEmpty)
        #expect(response.maskedColumns == [0..<line.count])
        #expect(response.secretTexts == [vector.digest, String(decoding: line, as: UTF8.self)])
        #expect(!response.shown.contains(vector.digest))
        #expect(exchange.isComplete)
        #expect(exchange.verdict(using: .password(Secret(vector.password))) == .verified)
        #expect(
            exchange.verdict(using: .password(Secret("other")))
                == .wrong(reason: "the digest was not made with the given password")
        )
        #expect(exchange.verdict(using: nil) == .notCheckable(reason: "no password is known for this user"))
    }

    @Test(arguments: vectors)
    func `the client side computes the known answers`(vector: Vector) {
        let challenge = Array(vector.plainChallenge.utf8)
        let digest = CRAMMD5.digest(password: Secret(vector.password), challenge: challenge)
        #expect(String(decoding: digest, as: UTF8.self) == vector.digest)
        let response = CRAMMD5.response(user: vector.user, password: Secret(vector.password), challenge: challenge)
        #expect(String(decoding: response, as: UTF8.self) == "\(vector.user) \(vector.digest)")
    }

    @Test func `the server side builds a challenge from what it is given`() {
        let time = Timestamp(seconds: 1_577_749_809, nanoseconds: 999_999_999)
        let challenge = CRAMMD5.challenge(hostname: "bluefin.p", random: 1_856_515_982_593_296, time: time)
        #expect(challenge == Array("<1856515982593296.1577749809@bluefin.p>".utf8))
        #expect(CRAMMD5.challenge(hostname: "a> b\r\n", random: 1, time: time) == Array("<1.1577749809@ab>".utf8))
        #expect(CRAMMD5.challenge(hostname: "", random: 1, time: time) == Array("<1.1577749809@localhost>".utf8))
    }

    // The digests were computed with OpenSSL's HMAC, not with the code under test.
    @Test(arguments: [
        String(repeating: "long password ", count: 6), String(repeating: "k", count: 64),
        String(repeating: "k", count: 65), "pä\"ss\\wörd✓{5}", "",
    ])
    func `long and non-ASCII passwords are verified, as password and as stored context`(password: String) throws {
        let challenge = "<1.2@host.example>"
        let key = Secret(password)
        let code = try HMAC.authenticationCode(for: Array(challenge.utf8), key: key, using: .md5)
        var exchange = AuthenticationExchange(mechanism: .cramMD5)
        _ = exchange.challenge(base64(challenge))
        let step = exchange.response(base64("bob smith \(Hexadecimal.string(code))"))
        #expect(step.user == "bob smith")
        #expect(exchange.verdict(using: .password(key)) == .verified)
        #expect(exchange.verdict(using: .cramMD5Context(HMACMD5Context(key: key))) == .verified)
        #expect(exchange.verdict(using: .cramMD5Context(HMACMD5Context(key: Secret("no")))).isVerified == false)
    }

    @Test func `a client that prepares the password is verified too`() {
        let challenge = "<1.2@host.example>"
        var exchange = AuthenticationExchange(mechanism: .cramMD5)
        _ = exchange.challenge(base64(challenge))
        let answer = CRAMMD5.response(user: "bob", password: Secret("IX"), challenge: Array(challenge.utf8))
        _ = exchange.response(Base64.encode(answer))
        #expect(exchange.verdict(using: .password(Secret("I\u{AD}X"))) == .verified)
    }

    @Test(
        arguments: [
            (
                "tim b913a602c7eda7a495b4e6e7334d389", "tim",
                "CRAM-MD5 digest has 31 digits instead of 32 (RFC 2195 section 2)"
            ),
            (
                "tim b913a602c7eda7a495b4e6e7334d38901", "tim",
                "CRAM-MD5 digest has 33 digits instead of 32 (RFC 2195 section 2)"
            ),
            (
                "tim B913A602C7EDA7A495B4E6E7334D3890", "tim",
                "CRAM-MD5 digest is not in lower case (RFC 2195 section 2)"
            ),
            (
                "tim open sesame", nil,
                "CRAM-MD5 response does not end in a digest of 32 hexadecimal digits (RFC 2195 section 2)"
            ),
            ("sesame", nil, "CRAM-MD5 response has no space between user and digest (RFC 2195 section 2)"),
            (
                "\0tim\0open b913a602c7eda7a495b4e6e7334d3890", nil,
                "CRAM-MD5 response does not end in a digest of 32 hexadecimal digits (RFC 2195 section 2)"
            ),
        ] as [(String, String?, String)]
    )
    func `a malformed response is reported and shows no more than the user`(
        message: String,
        user: String?,
        problem: String
    ) {
        var exchange = AuthenticationExchange(mechanism: .cramMD5)
        _ = exchange.challenge(CRAMMD5Tests.vectors[0].challenge)
        let step = exchange.response(base64(message))
        #expect(step.user == user)
        #expect(step.problems.map(\.text) == [problem])
        #expect(!step.shown.contains("sesame") && !step.shown.contains("open"))
        #expect(!step.shown.lowercased().contains("b913a602"))
    }

    @Test func `without a readable challenge there is no verdict`() {
        var exchange = AuthenticationExchange(mechanism: .cramMD5)
        let step = exchange.initialResponse(base64("tim b913a602c7eda7a495b4e6e7334d3890"))
        #expect(step.problems == ["initial response in a mechanism where the server speaks first (RFC 4959 section 3)"])
        #expect(
            exchange.verdict(using: .password(Secret("tanstaaftanstaaf")))
                == .notCheckable(reason: "no readable challenge was seen")
        )
    }

    @Test func `a challenge of another shape is a problem`() {
        var exchange = AuthenticationExchange(mechanism: .cramMD5)
        let step = exchange.challenge(base64("12345"))
        #expect(step.challenge == "12345" && step.problems.count == 1)
    }
}
