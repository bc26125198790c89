import IMAPSession
import ProxyCore
import RuleEngine
import Testing
import Traffic

@Suite struct `A handshake that a rule stops` {
    static func options(_ leg: HandshakeFault.Leg, _ end: HandshakeFault.End) -> ProxyOptions {
        var script = RuleScript()
        script.handshake = { $0 == leg ? HandshakeFault(rule: "r", leg: leg, by: end) : nil }
        return script.options
    }

    @Test func `with the client is not answered, or ends the connection`() {
        var options = Self.options(.client, .stall)
        options.client = .starttls(.offered)
        var play = Playbook.greeted(options)
        let did = play.client("a STARTTLS\r\n")
        #expect(play.took(.server) == "a OK Begin TLS negotiation now\r\n")
        #expect(!did.contains { if case .act(.upgradeTLS) = $0 { true } else { false } })
        _ = play.receive([0x16, 3, 1, 0, 5, 1], from: .client)
        #expect(play.took(.client) == "")
        #expect(play.timer(.clientTLS) == [.act(.cancelTimer(.clientTLS)), .act(.close)])
        #expect(play.recorder.findings.contains { $0.id == "handshake-stopped-by-rule" })

        options = Self.options(.client, .close)
        options.client = .tls
        play = Playbook(options, connected: false)
        #expect(play.accepted().contains(.act(.close)))
        #expect(play.connection.hasEnded)
    }

    @Test func `with the server is told to the client when its time is over`() {
        var options = Self.options(.upstream, .stall)
        options.upstream = .tls
        var play = Playbook(options)
        _ = play.timer(.upstreamTLS)
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] imapscope: the server did not get as far as TLS"))
    }
}
