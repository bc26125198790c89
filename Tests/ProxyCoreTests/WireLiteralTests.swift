import IMAPProtocol
import IMAPSession
import ProxyCore
import RuleEngine
import Testing
import Traffic

@Suite struct `A synchronizing literal that a rule has to see` {
    static var options: ProxyOptions {
        var script = RuleScript()
        script.mayApply = { $0.command == .append || $0.command == .login }
        script.plan = { _, text in .replacing("hello", "jelly", in: text) }
        return script.options
    }

    @Test func `is asked for here, and the server's own request is swallowed`() {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a APPEND x {5}\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server) == "+ imapscope: go on\r\n")
        _ = play.client("hel")
        _ = play.client("lo\r\nb NOOP\r\n")
        #expect(play.took(.client) == "a APPEND x {5}\r\n")
        _ = play.server("* 1 EXISTS\r\n+ ready\r\n")
        #expect(play.took(.server) == "* 1 EXISTS\r\n")
        #expect(play.took(.client) == "jelly\r\nb NOOP\r\n")
        _ = play.server("a OK done\r\nb OK done\r\n")
        #expect(play.took(.server) == "a OK done\r\nb OK done\r\n")
        #expect(
            play.recorder.edits.map(\.cause)
                == ["a rule has to see the literal first", "r", "the client was asked for its literal before"]
        )
        #expect(!play.recorder.findings.contains { $0.id == "unsolicited-continuation" })
        #expect(play.recorder.exchanges.map(\.status) == [.ok, .ok])
    }

    @Test func `that the server refuses is not sent, and the refusal is the client's answer`() {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a APPEND x {5}\r\n")
        _ = play.client("hello {3}\r\n")
        _ = play.client("abc\r\n")
        _ = play.client("b NOOP\r\n")
        #expect(play.took(.client) == "a APPEND x {5}\r\n")
        _ = play.took(.server)
        _ = play.server("a NO [TRYCREATE] no\r\n")
        #expect(play.took(.server) == "a NO [TRYCREATE] no\r\n")
        #expect(play.took(.client) == "b NOOP\r\n")
    }

    @Test func `is asked for once for each literal of the command`() {
        let chunks = ["a APPEND x {5}\r\n", "hello {2+}\r\nxy {3}\r\n", "abc\r\n"]
        var play = Playbook.greeted(Self.options)
        for chunk in chunks { _ = play.client(chunk) }
        #expect(play.took(.server) == "+ imapscope: go on\r\n+ imapscope: go on\r\n")
        #expect(play.took(.client) == "a APPEND x {5}\r\n")
        _ = play.server("+ one\r\n")
        #expect(play.took(.client) == "jelly {2+}\r\nxy {3}\r\n")
        _ = play.server("+ two\r\n")
        #expect(play.took(.client) == "abc\r\n")
        #expect(play.took(.server) == "")
    }

    @Test func `is the server's business where no rule applies`() {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a CREATE {5}\r\n")
        #expect(play.took(.client) == "a CREATE {5}\r\n")
        _ = play.server("+ go\r\n")
        #expect(play.took(.server) == "+ go\r\n")
        _ = play.client("hello\r\n")
        #expect(play.took(.client) == "hello\r\n")
    }

    @Test func `passes as it came beyond the limit, with a finding`() {
        var options = Self.options
        options.holdLimit = 1000
        var play = Playbook.greeted(options)
        _ = play.client("a APPEND x {5000}\r\n")
        #expect(play.took(.client) == "a APPEND x {5000}\r\n")
        #expect(play.took(.server) == "")
        #expect(play.recorder.findings.map(\.id).contains("hold-limit"))
    }

    @Test func `ends the connection beyond the limit where that is asked for`() {
        var options = Self.options
        options.holdLimit = 1000
        options.onLimit = .close
        var play = Playbook.greeted(options)
        _ = play.client("a APPEND x {5000}\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] imapscope: a message to which a rule may apply"))
        #expect(play.connection.hasEnded)
    }
}

@Suite struct `A literal that streams` {
    /// Rewrites literals of FETCH responses without waiting for them.
    static func options(_ content: StreamPlan.Content, _ count: String) -> ProxyOptions {
        var script = RuleScript()
        script.mayApply = { $0.response == .fetch }
        script.stream = { message, text in
            StreamPlan(line: .replacing("{20}", "{\(count)}", in: text), content: content, rule: "r")
        }
        script.plan = { _, text in .replacing("{20}", "{whole}", in: text) }
        var options = script.options
        options.holdLimit = 30
        return options
    }

    static let cases: [(StreamPlan.Content, String, String)] = [
        (.keep, "20", "0123456789abcdefghij"),
        (.fill(0x2A), "20", "********************"),
        (.truncate(3), "3", "012"),
        (.truncate(0), "0", ""),
        (.replace(Array("new".utf8)), "3", "new"),
    ]

    @Test(arguments: cases) func `is rewritten as it passes, however it is cut`(
        content: StreamPlan.Content,
        count: String,
        left: String
    ) {
        let text = "* 1 FETCH (BODY[] {20}\r\n0123456789abcdefghij FLAGS ())\r\n* 2 EXISTS\r\n"
        // Where the message is whole in one chunk it is no longer than what was read of it at once.
        for cut in 25...44 {
            var play = Playbook.greeted(Self.options(content, count))
            play.feed(text, cut: cut, .server)
            #expect(
                play.took(.server)
                    == "* 1 FETCH (BODY[] {\(count)}\r\n\(left) FLAGS ())\r\n* 2 EXISTS\r\n",
                "cut \(cut)"
            )
        }
        var play = Playbook.greeted(Self.options(content, count))
        for octet in text.utf8 { _ = play.receive([octet], from: .server) }
        #expect(play.took(.server) == "* 1 FETCH (BODY[] {\(count)}\r\n\(left) FLAGS ())\r\n* 2 EXISTS\r\n")
    }

    @Test func `of the client is rewritten, and the server asks for it`() {
        var script = RuleScript()
        script.mayApply = { $0.command == .append }
        script.stream = { _, text in
            StreamPlan(line: .replacing("{5}", "{2}", in: text), content: .truncate(2), rule: "r")
        }
        var play = Playbook.greeted(script.options)
        _ = play.client("a APPEND x {5}\r\n")
        #expect(play.took(.client) == "a APPEND x {2}\r\n")
        _ = play.server("+ go\r\n")
        #expect(play.took(.server) == "+ go\r\n")
        _ = play.client("hel")
        _ = play.client("lo\r\nb NOOP\r\n")
        #expect(play.took(.client) == "he\r\nb NOOP\r\n")
        #expect(play.recorder.edits.map(\.after) == ["a APPEND x {2} (2 of 5 octets leave)"])
    }

    @Test func `of any size needs no memory`() {
        var script = RuleScript()
        script.mayApply = { $0.response == .fetch }
        script.stream = { _, _ in StreamPlan(line: WirePlan(), content: .fill(0x2A), rule: "r") }
        var play = Playbook.greeted(script.options)
        _ = play.server("* 1 FETCH (BODY[] {100000000}\r\n")
        for _ in 0..<20 {
            let did = play.receive(Array(repeating: 0x41, count: 1000), from: .server)
            #expect(
                did == [
                    .replace(.server, String(repeating: "A", count: 1000), with: String(repeating: "*", count: 1000))
                ]
            )
        }
    }
}
