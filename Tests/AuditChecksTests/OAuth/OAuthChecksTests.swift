import AuditChecks
import IMAPSession
import SASL
import Testing
import Traffic

@Suite struct OAuthChecksTests {
    /// An unsigned part and a made-up signature: nothing here checks it.
    static func token(_ claims: String, algorithm: String = "RS256") -> String {
        [#"{"alg":"\#(algorithm)","typ":"JWT"}"#, claims, "not a signature"]
            .map { base64($0).replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "") }
            .joined(separator: ".")
    }

    /// Sessions begin at 1790000000.
    static let good =
        #"{"iss":"https://login.example.org/","aud":"imap.example.org","email":"jack@example.org","scope":"mail","#
        + #""iat":1789999000,"exp":1790002600}"#

    static func bearer(
        _ token: String,
        header: String = "n,a=jack@example.org,",
        pairs: String = "host=imap.example.org\u{1}port=143\u{1}",
        error: String? = nil,
        acknowledgement: String = "AQ==",
        offer: String = "AUTH=OAUTHBEARER LOGINDISABLED",
        tls: String = "tls: 1.3\n"
    ) -> String {
        let message = "\(header)\u{1}\(pairs)auth=Bearer \(token)\u{1}\u{1}"
        var lines = tls + "S: * OK [CAPABILITY IMAP4rev1 SASL-IR \(offer)] hello\n"
        lines += "C: 1 AUTHENTICATE OAUTHBEARER \(base64(message))\n"
        if let error {
            lines += "S: + \(base64(error))\nC: \(acknowledgement)\nS: 1 NO no\n"
        } else {
            lines += "S: 1 OK in\n"
        }
        return lines
    }

    static func xoauth2(offer: String = "AUTH=XOAUTH2 LOGINDISABLED") -> String {
        "tls: 1.3\nS: * OK [CAPABILITY IMAP4rev1 SASL-IR \(offer)] hello\n"
            + "C: 1 AUTHENTICATE XOAUTH2 \(base64("user=jack@example.org\u{1}auth=Bearer \(token(good))\u{1}\u{1}"))\nS: 1 OK in\n"
    }

    static let refusal = #"{"status":"invalid_token","scope":"mail"}"#

    static let cases: [AuditCase] = [
        AuditCase("O01", bearer(token(good), tls: ""), bearer(token(good))),
        AuditCase("O02", xoauth2(offer: "AUTH=XOAUTH2 AUTH=OAUTHBEARER"), xoauth2()),
        AuditCase("O03", bearer(token(good), pairs: "user=jack@example.org\u{1}"), bearer(token(good))),
        AuditCase("O04", bearer(token(good.replacing("1790002600", with: "1789999900"))), bearer(token(good))),
        AuditCase("O04", bearer(token(good, algorithm: "none")), bearer(token(good))),
        AuditCase("O04", bearer(token(good, algorithm: "HS256")), bearer(token(good, algorithm: "ES256"))),
        AuditCase("O04", bearer(token(good.replacing("1790002600", with: "1890002600"))), bearer(token(good))),
        AuditCase("O05", bearer(token(good), error: refusal), bearer(token(good))),
        AuditCase("O05", bearer(token(good), error: refusal, acknowledgement: ""), bearer(token(good))),
        AuditCase(
            "O06",
            bearer(token(good), error: #"{"status":"401","openid-configuration":"https://evil.example/x"}"#),
            bearer(token(good), error: #"{"status":"401","openid-configuration":"https://login.example.org/x"}"#)
        ),
        AuditCase("O07", bearer(token(good), header: "n,a=jill@example.org,"), bearer(token(good))),
        AuditCase("O08", bearer(token(good), pairs: "host=other.example\u{1}port=143\u{1}"), bearer(token(good))),
        AuditCase("O08", bearer(token(good), pairs: "host=imap.example.org\u{1}port=993\u{1}"), bearer(token(good))),
        AuditCase("O10", bearer(token(good), offer: "AUTH=OAUTHBEARER AUTH=PLAIN"), bearer(token(good))),
    ]

    @Test(arguments: cases)
    func `each check finds its weakness, and only that`(_ example: AuditCase) {
        #expect(AuditedTranscript().play(example.guilty).findings(example.check).count >= 1)
        #expect(AuditedTranscript().play(example.innocent).findings(example.check).isEmpty)
    }

    @Test func `an audience that the policy does not know is told`() {
        var policy = AuditPolicy.standard
        policy.tokenAudiences = ["https://outlook.office365.com"]
        let played = AuditedTranscript(policy: policy).play(Self.bearer(Self.token(Self.good)))
        #expect(played.findings("O04").map(\.severity) == [.high])
        policy.tokenAudiences = ["imap.example.org"]
        #expect(AuditedTranscript(policy: policy).play(Self.bearer(Self.token(Self.good))).findings("O04").isEmpty)
    }

    @Test func `a token of two clients is told without showing it`() {
        var options = SessionOptions()
        options.secretMarker = SecretMarker(key: Secret("a key of this test"))
        let lines = Self.bearer(Self.token(Self.good))
        let played = AuditedTranscript().play(lines, options: options).play(lines, options: options)
        #expect(played.findings("O09").isEmpty)
        played.play(lines, client: "198.51.100.7", options: options)
        #expect(played.findings("O09").first?.text == "this token came from 2 addresses, the last is 198.51.100.7")
    }
}
