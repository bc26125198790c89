import SASL
import Testing
import Traffic

@testable import TestServer

@Suite struct AuthenticationTests {
    private static func base64(_ text: String) -> String {
        String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
    }

    private static let list =
        "CAPABILITY IMAP4rev1 LITERAL+ SASL-IR ID ENABLE IDLE NAMESPACE CHILDREN UIDPLUS UNSELECT MOVE MULTIAPPEND"
    private static let welcome = "a OK [\(list)] Logged in"
    private static let refusal = "a NO [AUTHENTICATIONFAILED] Authentication failed"

    @Test func `the greeting tells capabilities and mechanisms`() throws {
        var server = TestServer(configuration: try Fixture.configuration(), store: Fixture.store())
        let greeting = String(decoding: server.connected(), as: UTF8.self)
        #expect(greeting == "* OK [\(Self.list) AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5] bluefin.p IMAP4rev1 ready\r\n")
    }

    struct Attempt: Sendable {
        var lines: [String]
        var answers: [String]
    }

    static let attempts = [
        Attempt(lines: ["a LOGIN drichards My_P@ssword1"], answers: [welcome]),
        Attempt(lines: ["a LOGIN \"drichards\" \"My_P@ssword1\""], answers: [welcome]),
        Attempt(
            lines: ["a LOGIN {9}", "drichards {12}", "My_P@ssword1"],
            answers: ["+ Ready for literal", "+ Ready for literal", welcome]
        ),
        Attempt(lines: ["a LOGIN drichards my_p@ssword1"], answers: [refusal]),
        Attempt(lines: ["a LOGIN nobody My_P@ssword1"], answers: [refusal]),
        Attempt(lines: ["a LOGIN drichards \"\""], answers: [refusal]),
        Attempt(lines: ["a LOGIN drichards"], answers: ["a BAD Missing arguments"]),
        Attempt(lines: ["a AUTHENTICATE PLAIN", base64("\0drichards\0My_P@ssword1")], answers: ["+ ", welcome]),
        Attempt(lines: ["a AUTHENTICATE PLAIN \(base64("\0drichards\0My_P@ssword1"))"], answers: [welcome]),
        Attempt(lines: ["a authenticate plain \(base64("drichards\0drichards\0My_P@ssword1"))"], answers: [welcome]),
        Attempt(
            lines: ["a AUTHENTICATE PLAIN \(base64("root\0drichards\0My_P@ssword1"))"],
            answers: ["a NO [AUTHORIZATIONFAILED] Not allowed to act for somebody else"]
        ),
        Attempt(lines: ["a AUTHENTICATE PLAIN \(base64("\0drichards\0wrong"))"], answers: [refusal]),
        Attempt(lines: ["a AUTHENTICATE PLAIN ="], answers: [refusal]),
        Attempt(lines: ["a AUTHENTICATE PLAIN", "*"], answers: ["+ ", "a BAD Authentication cancelled"]),
        Attempt(lines: ["a AUTHENTICATE PLAIN", "A!=="], answers: ["+ ", "a BAD Invalid base64"]),
        Attempt(
            lines: ["a AUTHENTICATE LOGIN", base64("drichards"), base64("My_P@ssword1")],
            answers: ["+ VXNlcm5hbWU6", "+ UGFzc3dvcmQ6", welcome]
        ),
        Attempt(
            lines: ["a AUTHENTICATE LOGIN \(base64("drichards"))", base64("My_P@ssword1")],
            answers: ["+ UGFzc3dvcmQ6", welcome]
        ),
        Attempt(
            lines: ["a AUTHENTICATE LOGIN", base64("drichards"), base64("x")],
            answers: ["+ VXNlcm5hbWU6", "+ UGFzc3dvcmQ6", refusal]
        ),
        Attempt(
            lines: ["a AUTHENTICATE CRAM-MD5", base64("drichards 786abbf9d4d38e270c895b82318c2223")],
            answers: ["+ PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+", welcome]
        ),
        Attempt(
            lines: ["a AUTHENTICATE CRAM-MD5", base64("drichards 786abbf9d4d38e270c895b82318c2224")],
            answers: ["+ PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+", refusal]
        ),
        Attempt(
            lines: ["a AUTHENTICATE CRAM-MD5 \(base64("x"))"],
            answers: ["a BAD The server speaks first in this mechanism"]
        ),
        Attempt(lines: ["a AUTHENTICATE GSSAPI"], answers: ["a NO [CANNOT] Mechanism not offered"]),
    ]

    @Test(arguments: attempts.indices)
    func `each mechanism is checked`(_ index: Int) throws {
        let attempt = Self.attempts[index]
        var server = try Fixture.server()
        var answers: [String] = []
        for line in attempt.lines { answers += server.say(line + "\r\n").lines }
        #expect(answers == attempt.answers)
        #expect((server.user == "drichards") == (attempt.answers.last == Self.welcome))
        // Whatever happened, the next line is a command again.
        #expect(server.say("n NOOP\r\n") == "n OK Nothing done\r\n")
    }

    @Test func `a generated challenge comes from the given randomness and time`() throws {
        var server = try Fixture.server { $0.challenges = .generated(hostname: "h.example", random: { 42 }) }
        #expect(server.say("a AUTHENTICATE CRAM-MD5\r\n") == "+ \(Self.base64("<42.1763892000@h.example>"))\r\n")
        let challenge = Array("<42.1763892000@h.example>".utf8)
        let response = CRAMMD5.response(user: "ann", password: Secret("tanstaaftanstaaf"), challenge: challenge)
        #expect(server.say(String(decoding: Base64.encode(response), as: UTF8.self) + "\r\n").hasPrefix("a OK"))
        #expect(server.user == "ann")
    }

    @Test func `LOGINDISABLED refuses even the right password`() throws {
        var server = try Fixture.server { $0.allowsLogin = false }
        #expect(server.say("c CAPABILITY\r\n").contains(" LOGINDISABLED"))
        #expect(server.say("a LOGIN drichards My_P@ssword1\r\n") == "a NO [PRIVACYREQUIRED] LOGIN is disabled\r\n")
    }

    @Test func `without SASL-IR an initial response is an error`() throws {
        var server = try Fixture.server { $0.extensions = [] }
        let line = "a AUTHENTICATE PLAIN \(Self.base64("\0drichards\0My_P@ssword1"))\r\n"
        #expect(server.say(line) == "a BAD Initial responses are not offered\r\n")
        #expect(server.user == nil)
    }

    @Test func `each user has mail of its own`() throws {
        let store = Fixture.store()
        var ann = try Fixture.session(store: store)
        var other = try Fixture.server(store: store)
        _ = other.say("a LOGIN drichards My_P@ssword1\r\n")
        #expect(other.say("s SELECT INBOX\r\n").contains("* 64 EXISTS"))
        #expect(ann.say("s SELECT INBOX\r\n").contains("* 2 EXISTS"))
    }

    @Test func `PREAUTH begins logged in`() throws {
        var configuration = try Fixture.configuration()
        configuration.greeting = .preauth(user: "ann", text: "welcome back")
        var server = TestServer(configuration: configuration, store: Fixture.store())
        #expect(String(decoding: server.connected(), as: UTF8.self) == "* PREAUTH [\(Self.list)] welcome back\r\n")
        #expect(server.say("s SELECT INBOX\r\n").contains("* 2 EXISTS"))
    }
}
