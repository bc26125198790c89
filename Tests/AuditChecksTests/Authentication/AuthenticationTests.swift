import AuditChecks
import Cryptography
import IMAPSession
import SASL
import Testing
import Traffic

@Suite struct AuthenticationTests {
    static let hello = "S: * OK hello\n"
    static func plain(_ identity: String, _ user: String, _ password: String = "x", answer: String = "1 OK in")
        -> String
    {
        hello + "C: 1 AUTHENTICATE PLAIN \(base64("\(identity)\0\(user)\0\(password)"))\nS: \(answer)\n"
    }

    static let cases: [AuditCase] = [
        AuditCase(
            "A01",
            hello + "C: 1 AUTHENTICATE PLAIN \(base64("jack\0x"))\nS: 1 BAD no",
            plain("", "jack")
        ),
        AuditCase("A01", plain("", "jack", ""), plain("", "jack", "y")),
        AuditCase("A02", plain("root", "jack"), plain("jack", "jack")),
        AuditCase("A03", hello + "C: 1 AUTHENTICATE PLAIN AGphY2sAe!A==\nS: 1 BAD no", plain("", "jack")),
        AuditCase(
            "A04",
            hello + "C: 1 AUTHENTICATE PLAIN \"AGphY2sAeA==\"\nS: 1 BAD no",
            plain("", "jack")
        ),
        AuditCase(
            "A04",
            hello + "C: 1 AUTHENTICATE EXTERNAL \nS: 1 OK in",
            hello + "C: 1 AUTHENTICATE EXTERNAL =\nS: 1 OK in"
        ),
        AuditCase(
            "A05",
            hello + "C: 1 AUTHENTICATE CRAM-MD5\nS: + PDFAeD4=\nC: *\nS: 1 BAD cancelled",
            hello + "C: 1 AUTHENTICATE CRAM-MD5\nS: 1 NO not today"
        ),
        AuditCase(
            "A06",
            hello + "C: 1 AUTHENTICATE PLAIN\nS: +\nC: AGphY2sAeA==\nS: 1 OK in",
            hello + "C: 1 AUTHENTICATE PLAIN\nS: + \nC: AGphY2sAeA==\nS: 1 OK in"
        ),
        AuditCase(
            "A06",
            hello + "C: 1 AUTHENTICATE PLAIN\nS: + \nC: AGphY2sAeA==\nS: + \nC: AGphY2sAeA==\nS: 1 OK in",
            hello + "C: 1 AUTHENTICATE LOGIN\nS: + VXNlcm5hbWU6\nC: amFjaw==\nS: + UGFzc3dvcmQ6\nC: eA==\nS: 1 OK in"
        ),
        AuditCase(
            "A07",
            plain("", "jack", answer: "1 NO no such user"),
            plain("", "jack", answer: "1 NO invalid user or password")
        ),
        AuditCase("A07", plain("", "jack", answer: "1 NO Wrong password"), plain("", "jack", answer: "1 NO failed")),
        AuditCase(
            "A11",
            plain("", "jack", answer: "1 NO [AUTHENTICATIONFAILED] no"),
            plain("", "jack", answer: "1 NO no")
        ),
        AuditCase(
            "A12",
            hello + "C: 1 LOGIN jack x\nS: 1 OK in\nC: 2 LOGIN jill x\nS: 2 OK in",
            hello + "C: 1 LOGIN jack x\nS: 1 OK in\nC: 2 UNAUTHENTICATE\nS: 2 OK out\nC: 3 LOGIN jill x\nS: 3 OK in"
        ),
    ]

    @Test(arguments: cases)
    func `each check finds its weakness, and only that`(_ example: AuditCase) {
        #expect(AuditedTranscript().play(example.guilty).findings(example.check).count >= 1)
        #expect(AuditedTranscript().play(example.innocent).findings(example.check).isEmpty)
    }

    @Test func `a server that takes damaged base64 is told beside the client that sent it`() {
        let lines = Self.hello + "C: 1 AUTHENTICATE PLAIN AGphY2s!AeA==\nS: 1 OK in"
        let found = AuditedTranscript().play(lines).findings("A03")
        #expect(found.map(\.blame) == [.client, .server])
    }

    private func digest(_ layer: String, _ answer: String) -> String {
        let challenge = #"realm="a",nonce="OA6MG9tEQGm2hh",qop="auth,auth-int",algorithm=md5-sess,charset=utf-8"#
        let response =
            #"username="jack",realm="a",nonce="OA6MG9tEQGm2hh",cnonce="OA6MHXh6VqTrRk",nc=00000001,qop=\#(layer),"#
            + #"digest-uri="imap/a",response=d388dad90d4bbd760a152321f2143af7"#
        return authentication(
            "DIGEST-MD5",
            [challenge, response, "rspauth=ea40f60335c427b5527b84dbabcdfffd", ""],
            answer: answer
        )
    }

    @Test func `a security layer is told, and a list before it`() {
        let played = AuditedTranscript().play(self.digest("auth-int", "1 OK [CAPABILITY IMAP4rev1] in"))
        #expect(played.findings("A13").count == 1)
        #expect(played.findings("A14").count == 1)
        let none = AuditedTranscript().play(self.digest("auth", "1 OK [CAPABILITY IMAP4rev1] in"))
        #expect(none.findings("A13").isEmpty && none.findings("A14").isEmpty)
    }

    @Test func `failures that cost nothing are told at the policy's limit`() {
        let failing = (1...5).map { "C: \($0) LOGIN jack x\(($0))\nS: \($0) NO no\n" }.joined()
        #expect(AuditedTranscript().play(Self.hello + failing).findings("A09").count == 1)
        let slow = (1...5).map { "C: \($0) LOGIN jack x\(($0))\nwait: \($0)\nS: \($0) NO no\n" }.joined()
        #expect(AuditedTranscript().play(Self.hello + slow).findings("A09").isEmpty)
        let few = (1...4).map { "C: \($0) LOGIN jack x\(($0))\nS: \($0) NO no\n" }.joined()
        #expect(AuditedTranscript().play(Self.hello + few).findings("A09").isEmpty)
    }

    @Test func `failures are counted over sessions of one peer`() {
        let played = AuditedTranscript()
        for number in 1...5 { played.play(Self.hello + "C: 1 LOGIN jack x\(number)\nS: 1 NO no") }
        #expect(played.findings("A09").count == 1)
    }

    @Test func `one peer that tries many users is told`() {
        let played = AuditedTranscript()
        for user in ["ann", "ben", "cat", "dan"] { played.play(Self.hello + "C: 1 LOGIN \(user) x\nS: 1 NO no") }
        #expect(played.findings("A10").isEmpty)
        played.play(Self.hello + "C: 1 LOGIN eve x\nS: 1 NO no")
        #expect(played.findings("A10").first?.text == "192.0.2.1 has failed to log in as 5 users")
        let peers = AuditedTranscript()
        for (index, user) in ["ann", "ben", "cat", "dan", "eve"].enumerated() {
            peers.play(Self.hello + "C: 1 LOGIN \(user) x\nS: 1 NO no", client: "192.0.2.\(index)")
        }
        #expect(peers.findings("A10").isEmpty)
    }

    private var marking: SessionOptions {
        var options = SessionOptions()
        options.secretMarker = SecretMarker(key: Secret("a key of this test"))
        return options
    }

    @Test func `one secret for many users is told without showing it`() {
        let played = AuditedTranscript()
        for user in ["ann", "ben", "cat", "dan", "eve"] {
            played.play(Self.hello + "C: 1 LOGIN \(user) Winter2026\nS: 1 OK in", options: self.marking)
        }
        #expect(played.findings("A10").first?.text == "192.0.2.1 sent one secret for 5 users")
    }

    @Test func `a secret in the clear and under TLS is told, however it is sent`() {
        let secure = "tls: 1.3\n" + Self.plain("", "jack", "My_P@ssword1")
        let played = AuditedTranscript().play(secure, options: self.marking)
        #expect(played.findings("A16").isEmpty)
        played.play(Self.hello + "C: 1 LOGIN jack My_P@ssword1\nS: 1 OK in", options: self.marking)
        #expect(played.findings("A16").count == 1)
        #expect(!played.findings("A16").map(\.text).joined().contains("My_P"))
        let other = AuditedTranscript().play(secure, options: self.marking)
        other.play(Self.hello + "C: 1 LOGIN jack another\nS: 1 OK in", options: self.marking)
        #expect(other.findings("A16").isEmpty)
    }

    @Test func `a server that the policy does not know is told`() {
        var policy = AuditPolicy.standard
        #expect(AuditedTranscript(policy: policy).play(Self.plain("", "jack")).findings("A15").isEmpty)
        policy.servers = ["mail.example.net"]
        #expect(AuditedTranscript(policy: policy).play(Self.plain("", "jack")).findings("A15").count == 1)
        policy.servers = ["imap.example.org"]
        #expect(AuditedTranscript(policy: policy).play(Self.plain("", "jack")).findings("A15").isEmpty)
    }
}
