import IMAPProtocol
import IMAPSession
import ProxyCore
import RuleEngine
import Testing
import Traffic

@Suite struct `A rule that answers` {
    static var readOnly: ProxyOptions {
        var script = RuleScript()
        script.mayApply = { $0.direction == .client }
        script.plan = { message, _ in
            switch message.command {
            case .store: .answering("NO [NOPERM] read only")
            case .search: .answering("OK done", untagged: "* SEARCH 7\r\n", behind: "* 9 EXISTS\r\n")
            case .append: .answering("NO [NOPERM] read only")
            default: WirePlan()
            }
        }
        script.stream = { message, _ in
            guard message.command == .append else { return nil }
            return StreamPlan(line: .answering("NO [NOPERM] read only"), content: .keep, rule: "r")
        }
        return script.options
    }

    @Test func `keeps the command from the server however it is cut`() {
        let text = "a NOOP\r\nb STORE 1 +FLAGS (\\Deleted)\r\nc NOOP\r\n"
        for cut in 0...text.utf8.count {
            var play = Playbook.greeted(Self.readOnly)
            play.feed(text, cut: cut, .client)
            #expect(play.took(.client) == "a NOOP\r\nc NOOP\r\n", "cut \(cut)")
            #expect(play.took(.server) == "b NO [NOPERM] read only\r\n")
            #expect(play.recorder.exchanges.map(\.status) == [.no])
            #expect(play.recorder.edits.map(\.before) == ["b STORE 1 +FLAGS (\\Deleted)"])
        }
    }

    @Test func `says untagged lines before, and more behind, in one write`() {
        var play = Playbook.greeted(Self.readOnly)
        #expect(
            play.client("a SEARCH ALL\r\n") == [
                .replace(.client, "a SEARCH ALL\r\n", with: ""),
                .inject(.server, "* SEARCH 7\r\na OK done\r\n* 9 EXISTS\r\n"),
            ]
        )
    }

    @Test func `waits for the end of the server's message`() {
        var play = Playbook.greeted(Self.readOnly)
        _ = play.server("* 1 FETCH (BODY[] {4}\r\nab")
        _ = play.client("a STORE 1 FLAGS ()\r\n")
        #expect(play.took(.server) == "* 1 FETCH (BODY[] {4}\r\nab")
        _ = play.server("cd)\r\n")
        #expect(play.took(.server) == "cd)\r\na NO [NOPERM] read only\r\n")
    }

    @Test func `never asks for a synchronizing literal`() {
        var play = Playbook.greeted(Self.readOnly)
        _ = play.client("a APPEND x {5}\r\n")
        #expect(play.took(.server) == "a NO [NOPERM] read only\r\n")
        _ = play.client("b NOOP\r\n")
        #expect(play.took(.client) == "b NOOP\r\n")
    }

    @Test func `swallows a literal that comes unasked`() {
        let text = "a APPEND x {5+}\r\nhello\r\nb NOOP\r\n"
        for cut in 0...text.utf8.count {
            var play = Playbook.greeted(Self.readOnly)
            play.feed(text, cut: cut, .client)
            #expect(play.took(.client) == "b NOOP\r\n", "cut \(cut)")
            #expect(play.took(.server) == "a NO [NOPERM] read only\r\n")
        }
    }

    @Test func `swallows a literal that is too long to keep`() {
        var options = Self.readOnly
        options.holdLimit = 1000
        var play = Playbook.greeted(options)
        _ = play.client("a APPEND x {50000+}\r\n")
        for _ in 0..<50 { _ = play.receive(Array(repeating: 0x41, count: 1000), from: .client) }
        _ = play.client("\r\nb NOOP\r\n")
        #expect(play.took(.client) == "b NOOP\r\n")
        #expect(play.took(.server) == "a NO [NOPERM] read only\r\n")
    }

    @Test func `without a completion leaves the client waiting, and the session reads on`() {
        var script = RuleScript()
        script.plan = { message, _ in
            message.command == .idle ? .answering(nil, untagged: "* 1 EXISTS\r\n") : WirePlan()
        }
        var play = Playbook.greeted(script.options)
        _ = play.client("a IDLE\r\n")
        #expect(play.took(.server) == "* 1 EXISTS\r\n")
        _ = play.client("b NOOP\r\n")
        #expect(play.took(.client) == "b NOOP\r\n")
    }

    @Test func `can refuse STARTTLS, and TLS does not begin`() {
        for (tagged, said) in [
            ("NO not now", "a NO not now\r\n"), ("BAD what", "a BAD what\r\n"), ("YES", "a YES\r\n"),
        ] {
            var script = RuleScript()
            script.plan = { message, _ in message.command == .starttls ? .answering(tagged) : WirePlan() }
            var options = script.options
            options.client = .starttls(.offered)
            var play = Playbook.greeted(options)
            let did = play.client("a STARTTLS\r\n")
            #expect(play.took(.server) == said)
            #expect(!did.contains { if case .act(.upgradeTLS) = $0 { true } else { false } })
            _ = play.client("b LOGIN joe secret\r\n")
            #expect(play.took(.client) == "b LOGIN joe secret\r\n")
        }
    }

    @Test func `can put octets in front of the handshake`() {
        var script = RuleScript()
        script.plan = { message, _ in
            message.command == .starttls ? .answering("OK go", behind: "* OK [ALERT] injected\r\n") : WirePlan()
        }
        var options = script.options
        options.client = .starttls(.offered)
        var play = Playbook.greeted(options)
        #expect(
            play.client("a STARTTLS\r\n") == [
                .replace(.client, "a STARTTLS\r\n", with: ""),
                .inject(.server, "a OK go\r\n* OK [ALERT] injected\r\n"),
                .act(.upgradeTLS(.client, alreadyRead: [])),
                .act(.startTimer(.clientTLS, seconds: 30)),
            ] || !play.sent[.server]!.isEmpty
        )
        #expect(play.took(.server) == "a OK go\r\n* OK [ALERT] injected\r\n")
        _ = play.established(.client)
        _ = play.client("b CAPABILITY\r\n")
        #expect(play.took(.client) == "b CAPABILITY\r\n")
    }
}

@Suite struct `A rule that injects` {
    @Test func `speaks between two messages only`() {
        var script = RuleScript()
        script.plan = { message, _ in
            message.response == .exists ? .injecting(.before, "* OK [ALERT] x\r\n") : WirePlan()
        }
        let text = "* 1 FETCH (BODY[] {4}\r\nab\r\n)\r\n* 2 EXISTS\r\na OK done\r\n"
        for cut in 0...text.utf8.count {
            var play = Playbook.greeted(script.options)
            _ = play.client("a NOOP\r\n")
            play.feed(text, cut: cut, .server)
            #expect(
                play.took(.server)
                    == "* 1 FETCH (BODY[] {4}\r\nab\r\n)\r\n* OK [ALERT] x\r\n* 2 EXISTS\r\na OK done\r\n"
            )
            #expect(play.recorder.edits.map(\.before) == [""])
            #expect(play.recorder.edits.map(\.after) == ["* OK [ALERT] x"])
        }
    }

    @Test func `never speaks before the greeting`() {
        var script = RuleScript()
        script.plan = { message, _ in
            message.kind == .greeting ? .injecting(.before, "* OK x\r\n") : WirePlan()
        }
        var play = Playbook(script.options)
        _ = play.server("* OK hi\r\n")
        #expect(play.took(.server) == "* OK hi\r\n* OK x\r\n")
    }

    @Test func `waits until an AUTHENTICATE is over`() {
        var script = RuleScript()
        script.plan = { message, _ in
            message.command == .authenticate ? .injecting(.after, "* OK x\r\n") : WirePlan()
        }
        var play = Playbook.greeted(script.options)
        _ = play.client("a AUTHENTICATE PLAIN\r\n")
        _ = play.server("+ \r\n")
        _ = play.client("AGEAYg==\r\n")
        #expect(play.took(.server) == "+ \r\n")
        #expect(play.took(.client) == "a AUTHENTICATE PLAIN\r\nAGEAYg==\r\n")
        _ = play.server("a OK in\r\n")
        #expect(play.took(.server) == "a OK in\r\n* OK x\r\n")
    }

    @Test func `can replace the greeting`() {
        var script = RuleScript()
        script.plan = { message, text in
            message.kind == .greeting ? .replacing("OK", "PREAUTH", in: text) : WirePlan()
        }
        for cut in 0..<9 {
            var play = Playbook(script.options)
            play.feed("* OK hi\r\n", cut: cut, .server)
            #expect(play.took(.server) == "* PREAUTH hi\r\n")
            #expect(play.connection.session.state == .notAuthenticated)
        }
    }
}
