import IMAPProtocol
import IMAPSession
import ProxyCore
import RuleEngine
import SASL
import Testing
import Traffic

@Suite struct `Credentials that stand in for a client's` {
    static func options(_ method: LoginSubstitution.Method, user: String? = "ann", _ secret: String = "t0ken")
        -> ProxyOptions
    {
        var script = RuleScript()
        script.login = { _ in LoginSubstitution(rule: "bridge", method: method, user: user, secret: Secret(secret)) }
        return script.options
    }

    static func greeted(_ options: ProxyOptions, ir: Bool = true) -> Playbook {
        var play = Playbook(options)
        _ = play.server("* OK [CAPABILITY IMAP4rev1\(ir ? " SASL-IR" : "")] hi\r\n")
        _ = play.took(.server)
        return play
    }

    static func base64(_ text: String) -> String { String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self) }

    /// All ways in which a client logs in as joe with the password secret, chunk by chunk; what it is told meanwhile.
    static let clients: [(chunks: [String], told: String)] = [
        (["a LOGIN joe secret\r\n"], ""),
        (["a LOGIN \"joe\" {6+}\r\nsecret\r\n"], ""),
        (["a LOGIN {3}\r\n", "joe {6}\r\n", "secret\r\n"], "+ imapscope: go on\r\n+ imapscope: go on\r\n"),
        (["a AUTHENTICATE PLAIN AGpvZQBzZWNyZXQ=\r\n"], ""),
        (["a AUTHENTICATE PLAIN\r\n", "AGpvZQBzZWNyZXQ=\r\n"], "+ \r\n"),
        (
            ["a AUTHENTICATE LOGIN\r\n", "am9l\r\n", "c2VjcmV0\r\n"],
            "+ VXNlcm5hbWU6\r\n+ UGFzc3dvcmQ6\r\n"
        ),
        (["a authenticate login am9l\r\n", "c2VjcmV0\r\n"], "+ UGFzc3dvcmQ6\r\n"),
    ]

    @Test(arguments: clients) func `reach the server as XOAUTH2 however the client logs in`(
        chunks: [String],
        told: String
    ) {
        let response = Self.base64("user=joe\u{1}auth=Bearer t0ken\u{1}\u{1}")
        for isCut in [false, true] {
            var play = Self.greeted(Self.options(.xoauth2, user: nil))
            for chunk in chunks {
                if isCut {
                    for octet in chunk.utf8 { _ = play.receive([octet], from: .client) }
                } else {
                    _ = play.client(chunk)
                }
            }
            #expect(play.took(.client) == "a AUTHENTICATE XOAUTH2 \(response)\r\n")
            #expect(play.took(.server) == told)
            _ = play.client("b NOOP\r\n")
            #expect(play.took(.client) == "")
            _ = play.server("a OK in\r\n")
            #expect(play.took(.server) == "a OK in\r\n")
            #expect(play.took(.client) == "b NOOP\r\n")
            #expect(play.connection.session.state == .authenticated)
            #expect(play.connection.session.user == "joe")
        }
    }

    @Test func `that the server refuses by a challenge are given up, and the client hears the refusal alone`() {
        for (method, answer) in [(LoginSubstitution.Method.xoauth2, "\r\n"), (.oauthbearer, "AQ==\r\n")] {
            var play = Self.greeted(Self.options(method))
            _ = play.client("a LOGIN joe secret\r\n")
            _ = play.took(.client)
            _ = play.server("+ eyJzdGF0dXMiOiI0MDEifQ==\r\n")
            #expect(play.took(.client) == answer)
            #expect(play.took(.server) == "")
            _ = play.server("a NO [AUTHENTICATIONFAILED] no\r\n")
            #expect(play.took(.server) == "a NO [AUTHENTICATIONFAILED] no\r\n")
            _ = play.client("b LOGIN joe secret\r\n")
            #expect(play.took(.client).hasPrefix("b AUTHENTICATE"))
        }
    }

    @Test func `wait for the server where it does not list SASL-IR`() {
        var play = Self.greeted(Self.options(.plain), ir: false)
        _ = play.client("a LOGIN joe secret\r\n")
        #expect(play.took(.client) == "a AUTHENTICATE PLAIN\r\n")
        _ = play.server("+ \r\n")
        #expect(play.took(.server) == "")
        #expect(play.took(.client) == Self.base64("\0ann\0t0ken") + "\r\n")
        _ = play.server("a OK in\r\n")
        #expect(play.took(.server) == "a OK in\r\n")
    }

    @Test func `name the server in OAUTHBEARER`() {
        var play = Self.greeted(Self.options(.oauthbearer, user: "a=b,c"))
        _ = play.client("a LOGIN joe secret\r\n")
        let message = "n,a=a=3Db=2Cc,\u{1}host=imap.example.org\u{1}port=143\u{1}auth=Bearer t0ken\u{1}\u{1}"
        #expect(play.took(.client) == "a AUTHENTICATE OAUTHBEARER \(Self.base64(message))\r\n")
    }

    @Test func `are quoted for LOGIN, or literals where they must be`() {
        var play = Self.greeted(Self.options(.login, "a\"b\\c"))
        _ = play.client("a AUTHENTICATE PLAIN AGpvZQBzZWNyZXQ=\r\n")
        #expect(play.took(.client) == "a LOGIN \"ann\" \"a\\\"b\\\\c\"\r\n")
        _ = play.server("a OK in\r\n")
        #expect(play.took(.server) == "a OK in\r\n")

        play = Self.greeted(Self.options(.login, "pÿ"))
        _ = play.client("a LOGIN joe secret\r\n")
        #expect(play.took(.client) == "a LOGIN \"ann\" {3}\r\n")
        _ = play.server("+ go\r\n")
        #expect(play.took(.client) == "pÿ\r\n")
        #expect(play.took(.server) == "")
    }

    @Test func `are shown to nobody, and known to the mask`() {
        var play = Self.greeted(Self.options(.xoauth2))
        _ = play.client("a LOGIN joe secret\r\n")
        #expect(play.recorder.edits.map(\.before) == ["a LOGIN joe ‹masked›"])
        #expect(play.recorder.edits.map(\.after) == ["a AUTHENTICATE XOAUTH2 ‹masked›"])
        #expect(play.recorder.edits.map(\.cause) == ["bridge"])
        #expect(play.recorder.secrets.contains { $0.equals(Secret("t0ken")) })
    }

    @Test func `are not used when the client cancels`() {
        var play = Self.greeted(Self.options(.xoauth2))
        _ = play.client("a AUTHENTICATE PLAIN\r\n")
        _ = play.took(.server)
        _ = play.client("*\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server) == "a BAD imapscope: AUTHENTICATE cancelled\r\n")
        _ = play.client("b NOOP\r\n")
        #expect(play.took(.client) == "b NOOP\r\n")
    }

    @Test func `cannot be used where only the server can answer`() {
        var play = Self.greeted(Self.options(.xoauth2))
        _ = play.client("a AUTHENTICATE SCRAM-SHA-256\r\n")
        #expect(play.took(.client) == "a AUTHENTICATE SCRAM-SHA-256\r\n")
        #expect(play.recorder.findings.contains { $0.id == "rule-failed" })
    }

    @Test func `leave the client's own at imapscope when no login can be made`() {
        var play = Self.greeted(Self.options(.plain, user: nil))
        _ = play.client("a LOGIN \"\" secret\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server).hasPrefix("a NO [AUTHENTICATIONFAILED] imapscope"))
        #expect(play.recorder.findings.contains { $0.id == "rule-failed" })
    }
}
