import SASL
import Testing
import Traffic

/// What the client side computes is what the known exchanges hold, and what the decoders verify.
@Suite struct ComputationTests {
    private func computation(
        _ mechanism: String,
        _ user: String,
        _ password: String,
        _ challenge: String?,
        nonce: String = "x"
    )
        throws -> ClientComputation
    {
        ClientComputation(
            mechanism: try Mechanism(parsing: mechanism),
            user: user,
            password: Secret(password),
            challenge: challenge.map { Array($0.utf8) },
            clientNonce: Array(nonce.utf8)
        )
    }

    private func text(_ value: ComputationStep.Value) -> String {
        switch value {
        case .text(let text): text
        case .proof(let secret), .secret(let secret): secret.withBytes { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func value(_ steps: [ComputationStep], _ name: String) -> String? {
        steps.first { $0.name == name }.map { self.text($0.value) }
    }

    @Test(arguments: CRAMMD5Tests.vectors)
    func `CRAM-MD5 as the tutorial walks through it`(vector: CRAMMD5Tests.Vector) throws {
        let steps = try self.computation("CRAM-MD5", vector.user, vector.password, vector.plainChallenge).steps()
        #expect(steps.map(\.name) == ["challenge", "key", "inner", "digest", "message", "line"])
        #expect(self.value(steps, "challenge") == vector.plainChallenge && self.value(steps, "digest") == vector.digest)
        #expect(self.value(steps, "message") == "\(vector.user) \(vector.digest)")
        let line = try #require(self.value(steps, "line"))
        var exchange = AuthenticationExchange(mechanism: .cramMD5)
        _ = exchange.challenge(vector.challenge)
        _ = exchange.response(line)
        #expect(exchange.verdict(using: .password(Secret(vector.password))) == .verified)
    }

    @Test(arguments: SCRAMTests.vectors)
    func `SCRAM makes the known proof and foretells the server's answer`(vector: SCRAMTests.Vector) throws {
        let nonce = vector.clientFirst.split(separator: "r=")[1]
        var computation = try self.computation(vector.mechanism, "user", "pencil", nil, nonce: String(nonce))
        if vector.mechanism.hasSuffix("-PLUS") { computation.channelBinding = ("tls-exporter", Array(0..<32)) }
        #expect(self.value(try computation.steps(), "client-first") == vector.clientFirst)
        computation.challenge = Array(vector.serverFirst.utf8)
        let steps = try computation.steps()
        #expect(self.value(steps, "message") == vector.clientFinal)
        #expect(self.value(steps, "server's answer") == "v=\(vector.signature)")
    }

    @Test(arguments: DigestMD5Tests.vectors.prefix(1))
    func `DIGEST-MD5 makes the known response`(vector: DigestMD5Tests.Vector) throws {
        var computation = try self.computation(
            "DIGEST-MD5",
            "chris",
            "secret",
            vector.challenge,
            nonce: vector.clientNonce
        )
        #expect(throws: ComputationError.self) { try computation.steps() }
        computation.host = "elwood.innosoft.com"
        let steps = try computation.steps()
        #expect(self.value(steps, "response") == vector.response)
        #expect(self.value(steps, "server's rspauth") == vector.rspauth)
        let message = try #require(self.value(steps, "message"))
        let (exchange, _) = try play(
            "DIGEST-MD5",
            [.s(vector.challenge), .c(message), .s("rspauth=\(vector.rspauth)")]
        )
        #expect(exchange.verdicts("secret") == Verdicts(client: .verified, server: .verified))
    }

    @Test func `the mechanisms that send the secret itself keep it among the secrets`() throws {
        for (name, line) in [
            ("PLAIN", "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"),
            ("XOAUTH2", "dXNlcj10aW0BYXV0aD1CZWFyZXIgdGFuc3RhYWZ0YW5zdGFhZgEB"),
        ] {
            let steps = try self.computation(name, "tim", "tanstaaftanstaaf", nil).steps()
            #expect(self.value(steps, "line") == line)
            for step in steps {
                guard case .secret = step.value else {
                    #expect(!self.text(step.value).contains("tanstaaf"))
                    continue
                }
            }
        }
        let otp = try self.computation("OTP", "tim", "This is a test.", "otp-md5 99 TeSt ext").steps()
        #expect(self.value(otp, "message") == "hex:50fe1962c4965880")
    }

    @Test(
        arguments: [
            ("CRAM-MD5", nil), ("SCRAM-SHA-256", "r=other,s=AAAA,i=4096"),
            ("SCRAM-SHA-256", "r=xy,s=AAAA,i=2147483648"),
            ("SCRAM-SHA-256-PLUS", nil), ("NTLM", nil), ("OTP", "otp-md4 5 ke1234"), ("DIGEST-MD5", "hello"),
            ("X-OTHER", nil),
        ] as [(String, String?)]
    )
    func `what cannot be computed says why`(mechanism: String, challenge: String?) throws {
        let computation = try self.computation(mechanism, "tim", "secret", challenge)
        let error = try #require(throws: ComputationError.self) { try computation.steps() }
        #expect(!error.description.isEmpty && !error.description.contains("secret"))
    }

    @Test(arguments: [
        ("\0tim\0secret", "PLAIN", Direction.client), ("<1.2@host>", "CRAM-MD5", .server),
        ("tim b913a602c7eda7a495b4e6e7334d3890", "CRAM-MD5", .client), ("n,,n=user,r=abc", "SCRAM-SHA-256", .client),
        ("p=tls-unique,,n=user,r=abc", "SCRAM-SHA-256-PLUS", .client),
        ("r=abcd,s=AAAA,i=4096", "SCRAM-SHA-256", .server),
        ("c=biws,r=x,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=", "SCRAM-SHA-1", .client),
        ("v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", "SCRAM-SHA-1", .server),
        ("user=joe\u{1}auth=Bearer x\u{1}\u{1}", "XOAUTH2", .client),
        ("n,a=joe,\u{1}auth=Bearer x\u{1}\u{1}", "OAUTHBEARER", .client),
        ("realm=\"x\",nonce=\"y\"", "DIGEST-MD5", .server), ("Username:", "LOGIN", .server),
        ("otp-md5 5 ke1234", "OTP", .server),
    ])
    func `a message tells its mechanism by its form`(message: String, mechanism: String, sender: Direction) throws {
        let guess = try #require(MechanismGuess.guess(Array(message.utf8)))
        #expect(guess.mechanism.name == mechanism && guess.sender == sender)
    }

    @Test func `what any mechanism could send is not guessed`() {
        for message in ["", "joe", "hello world", "{}", "a,b", "\0joe"] {
            #expect(MechanismGuess.guess(Array(message.utf8)) == nil)
        }
    }
}
