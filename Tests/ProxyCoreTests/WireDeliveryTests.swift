import IMAPProtocol
import IMAPSession
import ProxyCore
import RuleEngine
import Testing
import Traffic

@Suite struct `A delivery` {
    static func options(_ change: @escaping @Sendable (inout Delivery) -> Void) -> ProxyOptions {
        var script = RuleScript()
        script.mayApply = { $0.response == .exists }
        script.plan = { _, _ in .delivering(change) }
        return script.options
    }

    @Test func `comes later, and so does everything behind it`() {
        for cut in 0...12 {
            var play = Playbook.greeted(Self.options { $0.delay = 5_000_000 })
            play.feed("* 1 EXISTS\r\n* 2 RECENT\r\n", cut: cut, .server)
            #expect(play.took(.server) == "")
            // The other direction goes on.
            #expect(play.client("a NOOP\r\n") == [.forward(.client, "a NOOP\r\n")])
            let did = play.timer(.serverDelivery)
            #expect(
                did == [
                    .release(.server, "* 1 EXISTS\r\n"), .release(.server, "* 2 RECENT\r\n"),
                    .act(.resumeReading(.server)),
                ]
            )
        }
    }

    @Test func `asks for its time and stops reading meanwhile`() {
        var play = Playbook.greeted(Self.options { $0.delay = 5_000_000 })
        let did = play.server("* 1 EXISTS\r\n")
        #expect(
            did.suffix(2) == [
                .act(.startDelay(.serverDelivery, nanoseconds: 5_000_000)), .act(.pauseReading(.server)),
            ]
        )
    }

    @Test func `is cut into slices with pauses between them`() {
        var play = Playbook.greeted(
            Self.options {
                $0.slice = 5; $0.pause = 1_000
            }
        )
        _ = play.server("* 1 EXISTS\r\n")
        #expect(play.took(.server) == "* 1 E")
        #expect(
            play.timer(.serverDelivery) == [
                .release(.server, "XISTS"), .act(.startDelay(.serverDelivery, nanoseconds: 1_000)),
            ]
        )
        #expect(play.timer(.serverDelivery) == [.release(.server, "\r\n"), .act(.resumeReading(.server))])
    }

    @Test func `keeps to its rate`() {
        var play = Playbook.greeted(Self.options { $0.rate = 100 })
        _ = play.server("* 1 EXISTS\r\n")
        #expect(play.took(.server) == "* 1 E")
        // Five octets at 100 a second.
        #expect(
            play.timer(.serverDelivery) == [
                .release(.server, "XISTS"), .act(.startDelay(.serverDelivery, nanoseconds: 50_000_000)),
            ]
        )
        #expect(
            play.timer(.serverDelivery) == [
                .release(.server, "\r\n"), .act(.startDelay(.serverDelivery, nanoseconds: 20_000_000)),
            ]
        )
        #expect(play.timer(.serverDelivery) == [.act(.resumeReading(.server))])
    }

    static let ends: [(Delivery.End, [Did])] = [
        (.stall, [.release(.server, "* 1 E")]),
        (.halfClose, [.release(.server, "* 1 E"), .act(.closeOutput(.server))]),
        (.close, [.release(.server, "* 1 E"), .act(.close)]),
        (.reset, [.release(.server, "* 1 E"), .act(.reset)]),
    ]

    @Test(arguments: ends) func `stops where it should`(end: Delivery.End, expected: [Did]) {
        var play = Playbook.greeted(Self.options { $0.stop = Delivery.Stop(after: 5, by: end) })
        let did = play.server("* 1 EXISTS\r\n* 2 RECENT\r\n")
        #expect(did.filter { if case .hold = $0 { false } else { true } } == expected)
        guard end == .stall || end == .halfClose else { return }
        _ = play.took(.server)
        _ = play.server("* 3 RECENT\r\n")
        #expect(play.took(.server) == "")
        _ = play.client("a NOOP\r\n")
        #expect(play.took(.client) == "a NOOP\r\n")
        _ = play.closed(.client)
        #expect(play.closed(.server) == [.act(.close)])
    }

    @Test func `goes on while its message comes`() {
        var script = RuleScript()
        script.mayApply = { $0.response == .fetch }
        script.stream = { _, _ in
            StreamPlan(line: .delivering { $0.rate = 1_000 }, content: .keep, rule: "r")
        }
        var options = script.options
        options.holdLimit = 50
        var play = Playbook.greeted(options)
        let text = "* 1 FETCH (BODY[] {100}\r\n" + String(repeating: "x", count: 100) + ")\r\n* 2 EXISTS\r\n"
        for octet in text.utf8 { _ = play.receive([octet], from: .server) }
        for _ in 0..<200 { _ = play.timer(.serverDelivery) }
        #expect(play.took(.server) == text)
        #expect(play.closed(.server) == [.act(.closeOutput(.server))])
    }

    @Test func `holds the end of the stream back, too`() {
        var play = Playbook.greeted(Self.options { $0.delay = 1 })
        _ = play.server("* 1 EXISTS\r\n")
        #expect(play.closed(.server) == [])
        #expect(play.timer(.serverDelivery).contains(.act(.closeOutput(.server))))
    }

    @Test func `holds an answer of imapscope back, for it must not overtake`() {
        var script = RuleScript()
        script.plan = { message, _ in
            if message.response == .exists { return .delivering { $0.delay = 1 } }
            return message.command == .noop ? .answering("OK here") : WirePlan()
        }
        var play = Playbook.greeted(script.options)
        _ = play.server("* 1 EXISTS\r\n")
        _ = play.client("a NOOP\r\n")
        #expect(play.took(.server) == "")
        _ = play.timer(.serverDelivery)
        #expect(play.took(.server) == "* 1 EXISTS\r\na OK here\r\n")
    }

    @Test func `works under compression`() throws {
        let play = try CompressedPlaybook(
            Self.options {
                $0.slice = 5; $0.pause = 1
            }
        )
        play.server("* 1 EXISTS\r\n* 2 RECENT\r\n")
        #expect(try play.took(.server) == "* 1 E")
        _ = play.play.timer(.serverDelivery)
        #expect(try play.took(.server) == "XISTS")
        _ = play.play.timer(.serverDelivery)
        #expect(try play.took(.server) == "\r\n* 2 RECENT\r\n")
    }
}
