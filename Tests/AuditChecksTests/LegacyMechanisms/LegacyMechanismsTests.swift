import IMAPSession
import SASL
import Testing
import Traffic

@Suite struct LegacyMechanismsTests {
    static let digest = "786abbf9d4d38e270c895b82318c2223"

    static func cram(_ challenge: String = "<1896.697170952@mail.example.org>") -> String {
        authentication("CRAM-MD5", [challenge, "tim \(self.digest)"])
    }

    static func digestMD5(
        nonce: String = "OA6MG9tEQGm2hh",
        offers: String = "auth",
        clientNonce: String = "OA6MHXh6VqTrRk",
        count: String = "00000001",
        choice: String = "auth",
        proof: String? = "rspauth=ea40f60335c427b5527b84dbabcdfffd",
        response: String = "d388dad90d4bbd760a152321f2143af7"
    ) -> String {
        let challenge =
            "realm=\"elwood.innosoft.com\",nonce=\"\(nonce)\",qop=\"\(offers)\",algorithm=md5-sess,charset=utf-8"
        let answer =
            "charset=utf-8,username=\"chris\",realm=\"elwood.innosoft.com\",nonce=\"\(nonce)\",nc=\(count),"
            + "cnonce=\"\(clientNonce)\",digest-uri=\"imap/elwood.innosoft.com\",response=\(response),qop=\(choice)"
        return authentication("DIGEST-MD5", [challenge, answer] + (proof.map { [$0, ""] } ?? []))
    }

    static let login = "S: * OK hello\nC: 1 AUTHENTICATE LOGIN\nS: + VXNlcm5hbWU6\nC: amFjaw==\nS: + UGFzc3dvcmQ6\n"

    static let cases = [
        AuditCase("M01", cram(), authentication("SCRAM-SHA-256", [])),
        AuditCase("M02", cram("<17.4@mail.example.org>"), cram()),
        AuditCase("M03", digestMD5(), cram()),
        AuditCase("M04", digestMD5(count: "00000002"), digestMD5()),
        AuditCase(
            "M05",
            digestMD5(offers: "auth,auth-conf"),
            "tls: 1.3\n" + digestMD5(offers: "auth,auth-conf")
        ),
        AuditCase("M05", digestMD5(offers: "auth,auth-int"), digestMD5()),
        AuditCase("M06", digestMD5(proof: nil), digestMD5()),
        AuditCase(
            "M07",
            digestMD5(offers: "auth-conf", choice: "auth-conf,cipher=rc4-40"),
            digestMD5(offers: "auth-conf", choice: "auth-conf,cipher=3des")
        ),
        AuditCase(
            "M10",
            login + "C: TXlfUEBzc3dvcmQx\nS: 1 OK in",
            "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in"
        ),
        AuditCase(
            "M15",
            "tls: 1.3\n" + authentication("XYMCOOKIE", ["", "y"]),
            "tls: 1.3\n" + authentication("XOAUTH2", ["", "user=j\u{1}auth=Bearer abc\u{1}\u{1}"])
        ),
        AuditCase(
            "M15",
            authentication("OTP", ["", "\0joe", "otp-md5 499 ke1234 ext", "hex:0123456789abcdef"]),
            cram()
        ),
    ]

    @Test(arguments: cases)
    func `a legacy mechanism is told, the one beside it is not`(row: AuditCase) {
        #expect(AuditedTranscript().play(row.guilty).findings(row.check).count == 1)
        #expect(AuditedTranscript().play(row.innocent).findings(row.check).isEmpty)
    }

    @Test(arguments: [
        ("M01", cram(), Severity.high, Severity.medium),
        ("M10", login + "C: TXlfUEBzc3dvcmQx\nS: 1 OK in", .critical, .low),
    ])
    func `without TLS it weighs more`(check: String, lines: String, clear: Severity, secure: Severity) {
        #expect(AuditedTranscript().play(lines).findings(check).map(\.severity) == [clear])
        #expect(AuditedTranscript().play("tls: 1.2\n" + lines).findings(check).map(\.severity) == [secure])
    }

    @Test func `what must be new and is not is seen from one session to the next`() {
        let challenges = AuditedTranscript().play(Self.cram()).play(Self.cram())
        #expect(challenges.findings("M02").map(\.text) == ["the CRAM-MD5 challenge was sent in session #1 already"])
        let others = AuditedTranscript().play(Self.cram()).play(Self.cram("<1897.697170953@mail.example.org>"))
        #expect(others.findings("M02").isEmpty)

        let nonces = AuditedTranscript().play(Self.digestMD5()).play(Self.digestMD5(clientNonce: "x1"))
        #expect(nonces.findings("M04").first?.blame == .server)
        let constant = AuditedTranscript().play(Self.digestMD5()).play(Self.digestMD5(nonce: "OA6MG9tEQGm2hi"))
        #expect(constant.findings("M04").first?.blame == .client)
        let fresh = AuditedTranscript().play(Self.digestMD5()).play(Self.digestMD5(nonce: "n2", clientNonce: "c2"))
        #expect(fresh.findings("M04").isEmpty)
    }

    @Test func `a wrong proof of the server counts when the client's is right`() throws {
        func options(_ password: String) throws -> SessionOptions {
            SessionOptions(passwords: try PasswordFile(parsing: Array("chris:\(password)\n".utf8)))
        }
        let wrong = Self.digestMD5(proof: "rspauth=00000000000000000000000000000000")
        let played = AuditedTranscript().play(wrong, options: try options("secret"))
        #expect(played.findings("M06").count == 1)
        #expect(AuditedTranscript().play(wrong, options: try options("other")).findings("M06").isEmpty)
        #expect(AuditedTranscript().play(Self.digestMD5(), options: try options("secret")).findings("M06").isEmpty)
    }
}
