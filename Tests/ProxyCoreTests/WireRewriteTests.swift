import IMAPProtocol
import IMAPSession
import ProxyCore
import RuleEngine
import Testing
import Traffic

@Suite struct `A rewriting rule` {
    static let dialogue: [(Direction, String)] = [
        (.server, "* OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] ready\r\n"),
        (.client, "a LOGIN joe {6+}\r\nsecret\r\n"),
        (.server, "a OK in\r\n"),
        (.client, "b SELECT INBOX\r\n"),
        (.server, "* 3 EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\nb OK [READ-WRITE] done\r\n"),
        (.client, "c FETCH 1 (FLAGS BODY[])\r\nd NOOP\r\n"),
        (.server, "* 1 FETCH (FLAGS (\\Seen) BODY[] {12}\r\nInbox a\r\nb c)\r\nc OK done\r\nd OK done\r\n"),
        (.client, "e IDLE\r\n"),
        (.server, "+ idling\r\n* 4 EXISTS\r\n"),
        (.client, "DONE\r\n"),
        (.server, "e OK done\r\n"),
        (.client, "f LOGOUT\r\n"),
        (.server, "* BYE bye\r\nf OK out\r\n"),
    ]

    static func play(_ options: ProxyOptions, _ cut: (Int) -> [Int]) -> Playbook {
        var play = Playbook(options)
        for (direction, text) in Self.dialogue {
            let octets = Array(text.utf8)
            var start = 0
            for end in cut(octets.count) + [octets.count] where end > start && end <= octets.count {
                _ = play.receive(Array(octets[start..<end]), from: direction)
                start = end
            }
        }
        return play
    }

    @Test func `that matches nothing changes no octet however the octets are cut`() {
        let whole: [Direction: String] = [
            .client: Self.dialogue.filter { $0.0 == .client }.map(\.1).joined(),
            .server: Self.dialogue.filter { $0.0 == .server }.map(\.1).joined(),
        ]
        let cuts: [(Int) -> [Int]] =
            [{ _ in [] }, { Array(1...$0) }] + (1...110).map { cut in { _ in [cut] } }
        for (index, cut) in cuts.enumerated() {
            var play = Self.play(RuleScript().options, cut)
            #expect(play.took(.client) == whole[.client], "cut \(index)")
            #expect(play.took(.server) == whole[.server], "cut \(index)")
            #expect(play.recorder.edits.isEmpty)
            #expect(!play.recorder.findings.contains { $0.id == "hold-limit" || $0.id == "not-edited" })
        }
    }

    @Test func `replaces exactly what it names however the octets are cut`() {
        var script = RuleScript()
        script.plan = { message, text in
            switch message.direction {
            case .server where message.response == .fetch: .replacing("\\Seen", "\\Flagged", in: text, rule: "flags")
            case .server where message.kind == .greeting: .replacing(" IDLE", "", in: text, rule: "no idle")
            case .client where message.command == .select: .replacing("INBOX", "Archive", in: text)
            default: WirePlan()
            }
        }
        let cuts: [(Int) -> [Int]] =
            [{ _ in [] }, { Array(1...$0) }] + (1...110).map { cut in { _ in [cut] } }
        for (index, cut) in cuts.enumerated() {
            var play = Self.play(script.options, cut)
            let client = play.took(.client)
            #expect(client.contains("b SELECT Archive\r\nc FETCH"), "cut \(index)")
            let server = play.took(.server)
            #expect(server.hasPrefix("* OK [CAPABILITY IMAP4rev1 LITERAL+] ready\r\n"), "cut \(index)")
            #expect(server.contains("FETCH (FLAGS (\\Flagged) BODY[] {12}\r\nInbox a\r\nb c)\r\nc OK done"))
            #expect(play.recorder.edits.map(\.cause) == ["no idle", "r", "flags"])
            #expect(play.recorder.edits[1].before == "b SELECT INBOX")
            #expect(play.recorder.edits[1].after == "b SELECT Archive")
            // The session reads what was sent.
            #expect(play.recorder.messages.contains { $0.text == "b SELECT INBOX\r\n" })
        }
    }

    @Test func `forwards what it leaves as ranges of the chunk`() {
        var script = RuleScript()
        script.plan = { _, text in .replacing("5", "7", in: text) }
        var play = Playbook(script.options)
        _ = play.server("* OK hi\r\n")
        #expect(
            play.server("* 1 EXISTS\r\n* 5 EXPUNGE\r\n* 2 RECENT\r\n") == [
                .forward(.server, "* 1 EXISTS\r\n* "), .replace(.server, "5", with: "7"),
                .forward(.server, " EXPUNGE\r\n* 2 RECENT\r\n"),
            ]
        )
    }

    @Test func `shows no secret`() {
        var script = RuleScript()
        script.plan = { message, text in
            message.command == .login ? .replacing("joe", "ann", in: text) : WirePlan()
        }
        var play = Playbook(script.options)
        _ = play.server("* OK hi\r\n")
        _ = play.client("a LOGIN joe secret\r\n")
        #expect(play.took(.client) == "a LOGIN ann secret\r\n")
        #expect(play.recorder.edits.map(\.before) == ["a LOGIN joe ‹masked›"])
        #expect(play.recorder.edits.map(\.after) == ["a LOGIN ann ‹masked›"])
    }

    @Test func `shows no secret that it put in`() {
        var script = RuleScript()
        script.plan = { message, text in
            message.command == .login ? .replacing("secret", "other", in: text) : WirePlan()
        }
        var play = Playbook(script.options)
        _ = play.server("* OK hi\r\n")
        _ = play.client("a LOGIN joe secret\r\n")
        #expect(play.took(.client) == "a LOGIN joe other\r\n")
        #expect(play.recorder.edits.map(\.after) == ["a LOGIN joe ‹masked›"])
    }

    @Test func `lets octets pass first where it never applies`() {
        var script = RuleScript()
        script.directions = [.client]
        var play = Playbook(script.options)
        _ = play.server("* OK hi\r\n")
        let recorder = play.recorder
        let before = recorder.messages.count
        let octets = Array("* 1 EXI".utf8)
        play.connection.received(octets.span.bytes, from: .server, at: play.now) { action in
            #expect(action == .forward(.server, 0..<octets.count))
            #expect(recorder.messages.count == before)
        }
    }

    @Test func `cannot take LOGINDISABLED away`() {
        var script = RuleScript()
        script.plan = { _, text in .replacing(" LOGINDISABLED", "", in: text) }
        var play = Playbook(script.options)
        _ = play.server("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n")
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n")
        #expect(play.recorder.edits.last?.cause == "LOGINDISABLED is never taken out")
    }

    @Test func `comes before what the legs ask for`() {
        var script = RuleScript()
        script.plan = { _, text in .replacing("IDLE", "STARTTLS", in: text) }
        var options = script.options
        options.neverOfferSTARTTLS()
        var play = Playbook(options)
        _ = play.server("* OK [CAPABILITY IMAP4rev1 IDLE] hi\r\n")
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1] hi\r\n")
    }

    @Test func `drops a message`() {
        var script = RuleScript()
        script.plan = { message, _ in message.kind == .tagged ? .dropping() : WirePlan() }
        for cut in 1..<24 {
            var play = Playbook(script.options)
            _ = play.server("* OK hi\r\n")
            _ = play.client("a NOOP\r\n")
            _ = play.took(.server)
            let octets = Array("* 1 EXISTS\r\na OK done\r\n".utf8)
            _ = play.receive(Array(octets[..<cut]), from: .server)
            _ = play.receive(Array(octets[cut...]), from: .server)
            #expect(play.took(.server) == "* 1 EXISTS\r\n")
            #expect(play.recorder.edits.map(\.before) == ["a OK done"])
        }
    }

    @Test func `that fails is told once, and the original is sent`() {
        var script = RuleScript()
        script.plan = { _, _ in
            var plan = WirePlan()
            plan.failures = [WirePlan.Failure(rule: "broken", reason: "no such argument")]
            return plan
        }
        var play = Playbook(script.options)
        _ = play.server("* OK hi\r\n")
        _ = play.client("a NOOP\r\nb NOOP\r\n")
        #expect(play.took(.client) == "a NOOP\r\nb NOOP\r\n")
        #expect(play.recorder.findings.filter { $0.id == "rule-failed" }.count == 1)
    }

    @Test func `that fails ends the connection where it must not`() {
        var script = RuleScript()
        script.plan = { message, _ in
            var plan = WirePlan()
            guard message.direction == .client else { return plan }
            plan.failures = [WirePlan.Failure(rule: "broken", reason: "no such argument")]
            return plan
        }
        var options = script.options
        options.failClosed = true
        var play = Playbook(options)
        _ = play.server("* OK hi\r\n")
        _ = play.took(.server)
        _ = play.client("a NOOP\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] imapscope: the rule broken could not"))
        #expect(play.connection.hasEnded)
    }

    @Test func `works under compression, which ends here then`() throws {
        var script = RuleScript()
        script.plan = { message, text in
            message.direction == .client ? .replacing("INBOX", "Archive", in: text) : WirePlan()
        }
        let play = try CompressedPlaybook(script.options)
        play.client("b SELECT INBOX\r\nc NOOP\r\n")
        #expect(try play.took(.client) == "b SELECT Archive\r\nc NOOP\r\n")
        play.server("* 1 EXISTS\r\n")
        #expect(try play.took(.server) == "* 1 EXISTS\r\n")
    }
}
