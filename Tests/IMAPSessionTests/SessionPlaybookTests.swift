import IMAPSession
import SASL
import Testing
import Traffic

struct Playbook: Sendable, CustomTestStringConvertible {
    var name: String
    var steps: [Step]
    var lines: [String]
    var testDescription: String { self.name }
}

private let playbooks: [Playbook] = [
    Playbook(
        name: "a login and a selection",
        steps: [
            .s("* OK hi|"), .c("a LOGIN joe \"sec ret\"|"), .s("a OK in|"), .c("b SELECT INBOX|"),
            .s("* 3 EXISTS|b OK [READ-WRITE] ok|"),
        ],
        lines: [
            "S greeting * OK hi|", "state not authenticated",
            "C command #1 a LOGIN joe \"*******\"|",
            "S tagged #1 a OK in|", "login LOGIN command joe OK", "state authenticated", "C command #2 b SELECT INBOX|",
            "S untagged #2 * 3 EXISTS|", "S tagged #2 b OK [READ-WRITE] ok|", "state selected INBOX",
        ]
    ),
    Playbook(
        name: "pipelined commands answered out of order",
        steps: [
            .s("* PREAUTH hi|"), .c("a SELECT x|b STATUS y (MESSAGES)|c NOOP|"),
            .s("* STATUS y (MESSAGES 1)|c OK|b OK|* 1 EXISTS|a OK|"),
        ],
        lines: [
            "S greeting * PREAUTH hi|", "state authenticated", "C command #1 a SELECT x|",
            "C command #2 b STATUS y (MESSAGES)|",
            "C command #3 c NOOP|", "S untagged #2 * STATUS y (MESSAGES 1)|", "S tagged #3 c OK|", "S tagged #2 b OK|",
            "S untagged #1 * 1 EXISTS|", "S tagged #1 a OK|", "state selected x",
        ]
    ),
    Playbook(
        name: "a literal that the server asks for",
        steps: [.s("* PREAUTH|"), .c("a APPEND x {5}|"), .s("+ go|"), .c("ab|c|"), .s("a OK|")],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "S continuation #1 + go|",
            "C command #1 a APPEND x {5}|ab|c|",
            "! append-literal-count", "S tagged #1 a OK|",
        ]
    ),
    Playbook(
        name: "a refused literal is never sent",
        steps: [.s("* PREAUTH|"), .c("a APPEND x {5}|"), .s("a NO [TOOBIG] no|"), .c("b NOOP|"), .s("b OK|")],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a APPEND x {5}| (literal refused)",
            "! literal-refused",
            "S tagged #1 a NO [TOOBIG] no|", "C command #2 b NOOP|", "S tagged #2 b OK|",
        ]
    ),
    Playbook(
        name: "a client that does not wait for the continuation",
        steps: [.s("* PREAUTH|"), .c("a APPEND x {2}|hi|b NOOP|"), .s("+ go|a OK|b OK|")],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "! literal-not-awaited", "S continuation #1 + go|",
            "C command #1 a APPEND x {2}|hi|", "! append-literal-count", "C command #2 b NOOP|", "S tagged #1 a OK|",
            "S tagged #2 b OK|",
        ]
    ),
    Playbook(
        name: "octets of a refused literal become commands",
        steps: [.s("* OK|"), .c("a LOGIN joe {6}|"), .s("a BAD no|"), .c("secret|"), .s("secret BAD what|")],
        lines: [
            "S greeting * OK|", "state not authenticated",
            "C command #1 a LOGIN joe ***| (literal refused)".replacing("***", with: "{6}"),
            "! literal-refused", "S tagged #1 a BAD no|", "C unparsed ******|", "! not-a-command",
            "S tagged secret BAD what|", "! unknown-tag",
        ]
    ),
    Playbook(
        name: "CRAM-MD5",
        steps: [
            .s("* OK|"), .c("j authenticate cram-md5|"), .s("+ PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+|"),
            .c("ZHJpY2hhcmRzIDc4NmFiYmY5ZDRkMzhlMjcwYzg5NWI4MjMxOGMyMjIz|"), .s("j OK in|"),
        ],
        lines: [
            "S greeting * OK|", "state not authenticated", "C command #1 j authenticate cram-md5|",
            "S continuation #1 + PDE4NTY1MTU5ODI1OTMyOTYuMTU3Nzc0OTgwOUBibHVlZmluLnA+|",
            "C sasl #1 " + String(repeating: "*", count: 56) + "|",
            "S tagged #1 j OK in|", "login CRAM-MD5 drichards OK verified", "state authenticated",
        ]
    ),
    Playbook(
        name: "an initial response, and a cancelled exchange",
        steps: [
            .s("* OK|"), .c("a AUTHENTICATE PLAIN AHRpbQB0YW5zdGFhZnRhbnN0YWFm|"),
            .s("a NO [AUTHENTICATIONFAILED] no|"),
            .c("b AUTHENTICATE LOGIN|"), .s("+ VXNlcm5hbWU6|"), .c("*|"), .s("b BAD cancelled|"),
        ],
        lines: [
            "S greeting * OK|", "state not authenticated",
            "C command #1 a AUTHENTICATE PLAIN " + String(repeating: "*", count: 28) + "|",
            "S tagged #1 a NO [AUTHENTICATIONFAILED] no|", "login PLAIN tim NO verified",
            "C command #2 b AUTHENTICATE LOGIN|",
            "S continuation #2 + VXNlcm5hbWU6|", "C cancel #2 *|", "S tagged #2 b BAD cancelled|",
            "login LOGIN ? cancelled unverified",
        ]
    ),
    Playbook(
        name: "a SASL line after the refusal is masked whole",
        steps: [.s("* OK|"), .c("a AUTHENTICATE PLAIN|"), .s("a NO|"), .c("AHRpbQB0YW5zdGFhZnRhbnN0YWFm|")],
        lines: [
            "S greeting * OK|", "state not authenticated", "C command #1 a AUTHENTICATE PLAIN|", "S tagged #1 a NO|",
            "login PLAIN ? NO unverified", "C unparsed " + String(repeating: "*", count: 28) + "|", "! not-a-command",
        ]
    ),
    Playbook(
        name: "IDLE",
        steps: [
            .s("* PREAUTH|"), .c("a SELECT x|"), .s("a OK|"), .c("i IDLE|"), .s("+ idling|* 2 EXISTS|* OK Still here|"),
            .c("done|"),
            .s("i OK|"), .c("n NOOP|"), .s("n OK|"),
        ],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a SELECT x|", "S tagged #1 a OK|",
            "state selected x",
            "C command #2 i IDLE|", "S continuation #2 + idling|", "S untagged #2 * 2 EXISTS|",
            "S untagged #2 * OK Still here|",
            "C done #2 done|", "S tagged #2 i OK|", "C command #3 n NOOP|", "S tagged #3 n OK|",
        ]
    ),
    Playbook(
        name: "IDLE refused, and a command instead of DONE",
        steps: [
            .s("* PREAUTH|"), .c("i IDLE|"), .s("i BAD no|"), .c("j IDLE|"), .s("+|"), .c("n NOOP|"),
            .s("j BAD expected DONE|n OK|"),
        ],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 i IDLE|", "S tagged #1 i BAD no|",
            "C command #2 j IDLE|",
            "S continuation #2 +|", "C command #3 n NOOP|", "! idle-not-ended", "S tagged #2 j BAD expected DONE|",
            "S tagged #3 n OK|",
        ]
    ),
    Playbook(
        name: "STARTTLS switches exactly after the tagged OK",
        steps: [.s("* OK|"), .c("a STARTTLS|"), .s("a OK go|"), .c("\u{16}\u{3}\u{1}..."), .s("\u{16}\u{3}\u{3}..")],
        lines: [
            "S greeting * OK|", "state not authenticated", "C command #1 a STARTTLS|", "S tagged #1 a OK go|",
            "switch TLS 12 15",
            "opaque client 6", "opaque server 5",
        ]
    ),
    Playbook(
        name: "commands behind STARTTLS are never commands",
        steps: [.s("* OK|"), .c("a STARTTLS|b NOOP|"), .s("a OK go|* OK injected|")],
        lines: [
            "S greeting * OK|", "state not authenticated", "C command #1 a STARTTLS|", "S tagged #1 a OK go|",
            "! octets-before-tls",
            "switch TLS 12 15", "opaque client 8", "! octets-after-starttls", "opaque server 15",
        ]
    ),
    Playbook(
        name: "STARTTLS refused: what was held is read",
        steps: [.s("* OK|"), .c("a STARTTLS|b NOOP|"), .s("a NO no|b OK|")],
        lines: [
            "S greeting * OK|", "state not authenticated", "C command #1 a STARTTLS|", "S tagged #1 a NO no|",
            "C command #2 b NOOP|",
            "S tagged #2 b OK|",
        ]
    ),
    Playbook(
        name: "a ClientHello on a cleartext port",
        steps: [.c("\u{16}\u{3}\u{1}hello"), .s("* BAD what|")],
        lines: ["! tls-on-cleartext-port", "switch TLS on a cleartext port 0 0", "opaque client 8", "opaque server 12"]
    ),
    Playbook(
        name: "answers to an unknown tag, a reused tag, stray continuations and garbage",
        steps: [
            .s("* PREAUTH|"), .c("a NOOP|a NOOP|"), .s("x OK|+ what|a OK|a OK|garbage line|"), .c("|justatag|"),
        ],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a NOOP|", "C command #2 a NOOP|",
            "! reused-tag",
            "S tagged x OK|", "! unknown-tag", "S continuation + what|", "! unsolicited-continuation",
            "S tagged #1 a OK|",
            "S tagged #2 a OK|", "S unparsed garbage line|", "! not-a-response", "C unparsed |", "! empty-line",
            "C unparsed justatag|", "! not-a-command",
        ]
    ),
    Playbook(
        name: "no greeting, and data before the login",
        steps: [.s("a OK what|* 3 EXISTS|")],
        lines: [
            "S tagged a OK what|", "! missing-greeting", "! unknown-tag", "S untagged * 3 EXISTS|",
            "! response-in-wrong-state",
        ]
    ),
    Playbook(
        name: "a count too small leaves octets over",
        steps: [.s("* PREAUTH|"), .c("a APPEND x {3+}|abcdef|"), .s("a BAD|")],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a APPEND x {3+}|abcdef|",
            "! literal-leftover",
            "S tagged #1 a BAD|",
        ]
    ),
    Playbook(
        name: "a count too large swallows the next command",
        steps: [.s("* PREAUTH|"), .c("a APPEND x {8+}|abc||b NOOP|"), .s("a BAD|")],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a APPEND x {8+}|abc||b NOOP|",
            "! literal-too-long",
            "S tagged #1 a BAD|",
        ]
    ),
    Playbook(
        name: "a peer that vanishes inside a literal",
        steps: [
            .s("* PREAUTH|"), .c("a SELECT x|"), .s("a OK|"), .c("f FETCH 1 BODY[]|"), .s("* 1 FETCH (BODY[] {10}|abc"),
            .closed(.server, .reset),
        ],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a SELECT x|", "S tagged #1 a OK|",
            "state selected x",
            "C command #2 f FETCH 1 BODY[]|", "S untagged #2 * 1 FETCH (BODY[] {10}|abc (incomplete)", "! literal-cut",
            "closed server reset", "unanswered f FETCH",
        ]
    ),
    Playbook(
        name: "a login cut off is masked and told",
        steps: [.s("* OK|"), .c("a LOGIN joe secr"), .closed(.client, .closed)],
        lines: [
            "S greeting * OK|", "state not authenticated", "C command #1 a LOGIN joe **** (incomplete)",
            "! message-cut",
            "closed client closed", "unanswered a LOGIN",
        ]
    ),
    Playbook(
        name: "completion before the command was whole",
        steps: [.s("* PREAUTH|"), .c("a APPEND x {5}|"), .s("a OK done|")],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a APPEND x {5}| (literal refused)",
            "S tagged #1 a OK done|",
            "! completion-before-command",
        ]
    ),
    Playbook(
        name: "BYE and LOGOUT",
        steps: [
            .s("* PREAUTH|"), .c("a LOGOUT|"), .s("* BYE bye|a OK|"), .closed(.server, .closed),
            .closed(.client, .closed),
        ],
        lines: [
            "S greeting * PREAUTH|", "state authenticated", "C command #1 a LOGOUT|", "S untagged #1 * BYE bye|",
            "state logout",
            "S tagged #1 a OK|", "closed server closed", "closed client closed",
        ]
    ),
]

private let passwords = "drichards:My_P@ssword1\ntim:tanstaaftanstaaf\n"

@Suite("Session")
struct SessionPlaybookTests {
    private func options() throws -> SessionOptions {
        SessionOptions(passwords: try PasswordFile(parsing: Array(passwords.utf8)))
    }

    @Test("playbooks, whole and octet by octet", arguments: playbooks)
    func playbook(_ playbook: Playbook) throws {
        let usesPasswords = playbook.lines.contains { $0.hasPrefix("login") && $0.contains("verified") }
        let options = usesPasswords ? try self.options() : SessionOptions()
        #expect(play(playbook.steps, options: options).lines == playbook.lines)
        let slow = play(playbook.steps, options: options, slowly: true).lines
        #expect(
            slow.filter { !$0.hasPrefix("opaque") && $0 != "! octets-after-starttls" }
                == playbook.lines.filter { !$0.hasPrefix("opaque") && $0 != "! octets-after-starttls" }
        )
    }

    @Test("latency counts from the command's last octet to the first answer and to the completion")
    func latency() throws {
        let recorder = play([
            .s("* PREAUTH|"), .c("a FET"), .c("CH 1 FLAGS|"), .s("* 1 FETCH (FLAGS ())|"), .s("a OK|"),
        ])
        let exchange = try #require(recorder.exchanges.first)
        #expect(exchange.firstAnswerLatency == 1_000_000)
        #expect(exchange.latency == 2_000_000)
        #expect(exchange.untagged == 1)
        #expect(exchange.clientOctets == 17)
        #expect(exchange.serverOctets == 28)
    }

    @Test("the tutorial's APPEND of 89 octets is told as a likely slip")
    func appendSlip() {
        let message = "Subject: Send the weekly report||Remember to send the weekly report to THE BOSS TODAY!!|"
        let recorder = play([
            .s("* PREAUTH|"), .c("a1 APPEND \"work.due today\" {89}|"), .s("+ OK|"), .c(message), .s("a1 OK|"),
        ])
        #expect(recorder.findings == ["append-literal-count"])
        #expect(recorder.findingTexts.first?.contains("{91} was meant") == true)
        let right = play([.s("* PREAUTH|"), .c("a1 APPEND x {91}|"), .s("+ OK|"), .c(message + "|"), .s("a1 OK|")])
        #expect(right.findings == [])
    }

    @Test("too many undecided octets are told and bounded")
    func heldLimit() {
        let options = SessionOptions(heldOctets: 100)
        let content = String(repeating: "y", count: 300)
        let recorder = play(
            [
                .s("* PREAUTH|"), .c("a APPEND x {300}|"), .c(content), .c("|"),
                .s("+ go|a OK|"),
            ],
            options: options
        )
        #expect(recorder.findings.contains("desynchronised"))
        #expect(recorder.lines.contains { $0.hasPrefix("C command #1 a APPEND") })
    }

    @Test("a client that never waits costs no stack: thousands of undecided commands are relayed unread")
    func heldRecursion() {
        let flood = String(repeating: "a AUTHENTICATE PLAIN|b IDLE|c X {5}|", count: 20_000)
        let recorder = play([.s("* OK|"), .c(flood), .c(flood), .s("a OK|")])
        #expect(recorder.findings.filter { $0 == "desynchronised" }.count == 1)
        #expect(recorder.lines.contains { $0.hasPrefix("switch desynchronised") })
    }

    @Test("commands beyond the limit are shown, not paired")
    func exchangeLimit() {
        let recorder = play(
            [.s("* PREAUTH|"), .c("a NOOP|b NOOP|c NOOP|"), .s("a OK|b OK|c OK|")],
            options: SessionOptions(outstandingExchanges: 2)
        )
        #expect(recorder.findings == ["too-many-commands", "unknown-tag"])
    }

    @Test("random traffic never traps, and every octet is counted")
    func randomTraffic() {
        let pieces = [
            "* OK hi|", "a NOOP|", "+ |", "a OK|", "b LOGIN x {3}|", "abc", "|", "* 1 FETCH (BODY[] {4}|", "i IDLE|",
            "DONE|",
            "c AUTHENTICATE PLAIN|", "=|", "*|", "b NO|", "c OK|", "d STARTTLS|", "d BAD|", "{", "}", "\"", "\u{0}",
            "* BYE|",
            "e COMPRESS DEFLATE|", "e NO|",
        ]
        for _ in 0..<500 {
            var steps: [Step] = []
            var client = 0
            var server = 0
            for _ in 0..<40 {
                let piece = pieces.randomElement() ?? ""
                let count = piece.replacing("|", with: "\r\n").utf8.count
                if Bool.random() {
                    steps.append(.c(piece))
                    client += count
                } else {
                    steps.append(.s(piece))
                    server += count
                }
            }
            let summary = play(steps).summary
            #expect(summary?.clientOctets == UInt64(client))
            #expect(summary?.serverOctets == UInt64(server))
        }
    }
}
