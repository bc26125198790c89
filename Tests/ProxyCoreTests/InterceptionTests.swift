import IMAPProtocol
import IMAPSession
import ProxyCore
import RuleEngine
import Testing
import Traffic

@Suite struct `A message that waits for a person` {
    static var options: ProxyOptions {
        var script = RuleScript()
        script.mayApply = {
            $0.command == .select || $0.command == .login || $0.response == .exists || $0.command == .append
        }
        script.plan = { _, _ in .breaking() }
        return script.options
    }

    @Test func `is shown without its secrets, and an editor gets all of it`() {
        var play = Playbook.greeted(Self.options)
        let did = play.client("a LOGIN joe secret\r\n")
        let question = Interception(
            number: 1,
            direction: .client,
            rule: "--break",
            text: "a LOGIN joe ‹masked›\r\n",
            isCommand: true
        )
        #expect(
            did == [
                .hold(.client, "a LOGIN joe secret\r\n"), .act(.intercept(question)),
                .act(.startTimer(.clientDecision, seconds: 60)), .act(.pauseReading(.client)),
            ]
        )
        let content = play.connection.interceptedContent(1)
        #expect(content?.octets == Array("a LOGIN joe secret\r\n".utf8))
        #expect(content?.secrets == [12..<18])
    }

    @Test func `keeps everything behind it, and lets the other direction go on`() throws {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a SELECT x\r\nb NOOP\r\n")
        #expect(play.took(.client) == "")
        _ = play.server("* OK still here\r\n")
        #expect(play.took(.server) == "* OK still here\r\n")
        _ = try play.decide(1, .forward)
        #expect(play.took(.client) == "a SELECT x\r\nb NOOP\r\n")
    }

    @Test func `is replaced by what was entered`() throws {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a SELECT x\r\n")
        _ = try play.decide(1, .replace(Array("a SELECT {2}\r\nyz\r\n".utf8)))
        #expect(play.took(.client) == "a SELECT {2}\r\n")
        _ = play.server("+ go\r\n")
        #expect(play.took(.client) == "yz\r\n")
        #expect(play.took(.server) == "")
        #expect(play.recorder.edits.first?.cause == "--break")
    }

    @Test func `still waits when what was entered is no message`() throws {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a SELECT x\r\n")
        for text in ["a SELECT x", "a SELECT x\r\nb NOOP\r\n", "", "a SELECT {9}\r\nx\r\n"] {
            #expect(throws: InterceptionError.notOneMessage) { try play.decide(1, .replace(Array(text.utf8))) }
        }
        #expect(throws: InterceptionError.otherTag) { try play.decide(1, .replace(Array("b SELECT x\r\n".utf8))) }
        #expect(throws: InterceptionError.notAnAnswer) { try play.decide(1, .answer("MAYBE")) }
        #expect(throws: InterceptionError.notWaiting(2)) { try play.decide(2, .forward) }
        #expect(play.took(.client) == "")
        _ = try play.decide(1, .forward)
        #expect(play.took(.client) == "a SELECT x\r\n")
    }

    @Test func `is dropped or answered`() throws {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a SELECT x\r\nb SELECT y\r\n")
        _ = try play.decide(1, .answer("NO [NONEXISTENT] not here"))
        #expect(play.took(.server) == "a NO [NONEXISTENT] not here\r\n")
        _ = try play.decide(2, .drop)
        #expect(play.took(.client) == "")
        _ = play.server("* 3 EXISTS\r\n* 4 RECENT\r\n")
        #expect(throws: InterceptionError.notACommand) { try play.decide(3, .answer("OK")) }
        _ = try play.decide(3, .drop)
        #expect(play.took(.server) == "* 4 RECENT\r\n")
    }

    @Test func `ends both connections`() throws {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a SELECT x\r\n")
        _ = try play.decide(1, .kill)
        #expect(play.took(.server) == "* BYE imapscope: the connection was ended by hand\r\n")
        #expect(play.took(.client) == "")
        #expect(play.connection.hasEnded)
    }

    @Test func `goes on when nobody decides in time`() {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a SELECT x\r\n")
        _ = play.timer(.clientDecision)
        #expect(play.took(.client) == "a SELECT x\r\n")
    }

    @Test func `waits beyond the end of its stream`() throws {
        var play = Playbook.greeted(Self.options)
        _ = play.client("a SELECT x\r\n")
        #expect(play.closed(.client) == [])
        #expect(
            try play.decide(1, .forward) == [
                .act(.cancelTimer(.clientDecision)), .release(.client, "a SELECT x\r\n"),
                .act(.resumeReading(.client)), .act(.closeOutput(.client)),
            ]
        )
    }

    @Test func `is asked about one at a time, each once`() throws {
        var play = Playbook.greeted(Self.options)
        func questions(_ did: [Did]) -> [Int] {
            did.compactMap { if case .act(.intercept(let question)) = $0 { question.number } else { nil } }
        }
        #expect(questions(play.client("a SELECT x\r\nb SELECT y\r\n")) == [1])
        #expect(questions(play.client("c NOOP\r\n")) == [])
        #expect(questions(try play.decide(1, .forward)) == [2])
        #expect(questions(try play.decide(2, .forward)) == [])
        #expect(play.took(.client) == "a SELECT x\r\nb SELECT y\r\nc NOOP\r\n")
    }
}
