import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `TLS on both legs` {
    static let greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"

    /// Both legs by STARTTLS, and both under TLS.
    static func secured() -> Playbook {
        var play = Playbook(ProxyOptions(client: .starttls(.required), upstream: .starttls))
        _ = play.server(Self.greeting)
        _ = play.server("imapscope1 OK go\r\n")
        _ = play.established(.upstream)
        _ = play.server("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nimapscope2 OK done\r\n")
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n")
        #expect(play.took(.client) == "imapscope1 STARTTLS\r\nimapscope2 CAPABILITY\r\n")
        _ = play.client("imapscope1 STARTTLS\r\n")
        #expect(play.took(.server) == "imapscope1 OK Begin TLS negotiation now\r\n")
        _ = play.established(.client)
        #expect(play.took(.client) == "")
        return play
    }

    @Test func `each by STARTTLS gives one readable session`() {
        var play = Self.secured()
        _ = play.client("a CAPABILITY\r\n")
        _ = play.server("* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\na OK done\r\n")
        #expect(play.took(.server) == "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\na OK done\r\n")
        _ = play.client("b LOGIN joe secret\r\n")
        _ = play.server("b OK [CAPABILITY IMAP4rev1 STARTTLS] in\r\n")
        #expect(play.took(.client) == "a CAPABILITY\r\nb LOGIN joe secret\r\n")
        #expect(play.took(.server) == "b OK [CAPABILITY IMAP4rev1] in\r\n")
        #expect(play.connection.session.state == .authenticated)
        #expect(play.recorder.tls.map(\.leg) == [.upstream, .client])
        #expect(play.recorder.tls.last?.upstream == .test)
        #expect(play.recorder.tls.last?.client == .test)
        #expect(play.recorder.findings.isEmpty)
        _ = play.closed(.client)
        _ = play.closed(.server)
        #expect(play.recorder.summaries.count == 1)
    }

    @Test func `both from the start, in either order`() {
        for first in [Leg.client, .upstream] {
            var play = Playbook(ProxyOptions(client: .tls, upstream: .tls))
            _ = play.established(first)
            if first == .upstream { _ = play.server("* OK hi\r\n") }
            #expect(play.took(.server) == "")
            if first == .client { _ = play.client("a NOOP\r\n") }
            #expect(play.took(.client) == "")
            _ = play.established(first == .client ? .upstream : .client)
            if first == .client { _ = play.server("* OK hi\r\n") } else { _ = play.client("a NOOP\r\n") }
            #expect(play.took(.server) == "* OK hi\r\n")
            #expect(play.took(.client) == "a NOOP\r\n")
        }
    }

    @Test func `a client that is busy with its handshake gets the greeting of STARTTLS upstream behind it`() {
        var play = Playbook(ProxyOptions(client: .tls, upstream: .starttls))
        _ = play.server(Self.greeting)
        _ = play.server("imapscope1 OK go\r\n")
        _ = play.established(.upstream)
        _ = play.server("* CAPABILITY IMAP4rev1\r\nimapscope2 OK\r\n")
        #expect(play.took(.server) == "")
        _ = play.established(.client)
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1] hi\r\n")
        #expect(play.connection.session.capabilities.words == ["IMAP4REV1"])
    }

    @Test func `a refusal waits for the client's handshake and uses nothing that comes meanwhile`() {
        var play = Playbook(ProxyOptions(client: .tls, upstream: .starttls))
        #expect(play.server("* PREAUTH hi\r\n").contains(.act(.closeOutput(.client))))
        #expect(play.took(.server) == "")
        _ = play.server("* OK [CAPABILITY X] hello again\r\n")
        #expect(play.closed(.server).isEmpty)
        #expect(play.established(.client).last == .act(.close))
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] imapscope: the server greets with PREAUTH"))
        #expect(play.recorder.findings.map(\.id) == ["upstream-starttls-preauth"])
    }

    @Test(arguments: [Leg.client, .upstream]) func `inputs that come too late change nothing`(leg: Leg) {
        var play = Self.secured()
        #expect(play.established(leg).isEmpty)
        #expect(play.failed(leg, TLSHandshakeFailure(.closed, reason: "")).isEmpty)
        #expect(play.timer(leg == .client ? .clientTLS : .upstreamTLS).isEmpty)
        _ = play.closed(.client, .reset)
        #expect(play.established(leg).isEmpty)
    }

    // MARK: - Forwarding first

    @Test(arguments: [
        "* 1 FETCH (FLAGS (\\Seen))\r\n", "a OK done\r\n", "* 2 FETCH (BODY[] {5}\r\nhello)\r\na OK x\r\n",
        "* 1 FETCH (BODY[] {100}\r\nhalf",
    ]) func `a chunk that no edit can change is passed on before it is read`(text: String) {
        var play = Self.secured()
        _ = play.client("a FETCH 1 BODY[]\r\n")
        let recorder = play.recorder
        let before = recorder.messages.count
        let octets = Array(text.utf8)
        play.connection.received(octets.span.bytes, from: .server, at: play.now) { action in
            #expect(action == .forward(.server, 0..<octets.count))
            #expect(recorder.messages.count == before)
        }
        #expect(recorder.messages.count > before || text.hasSuffix("half"))
    }

    @Test func `a client's chunk that no edit can change is passed on before it is read`() {
        var play = Self.secured()
        let recorder = play.recorder
        let before = recorder.messages.count
        let octets = Array("a NOOP\r\nb NOOP\r\n".utf8)
        play.connection.received(octets.span.bytes, from: .client, at: play.now) { action in
            #expect(action == .forward(.client, 0..<octets.count))
            #expect(recorder.messages.count == before)
        }
        #expect(recorder.messages.count == before + 2)
    }

    /// Pieces of a session under TLS; STARTTLS stands in lists and in literals.
    private static let pieces = [
        "* 1 FETCH (FLAGS ())\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\n", "z OK [CAPABILITY STARTTLS IDLE] x\r\n",
        "* OK [CAPABILITY IMAP4rev1 starttls X] y\r\n",
        "* 2 FETCH (BODY[] {35}\r\n* CAPABILITY IMAP4rev1 STARTTLS\r\nabcd)\r\n",
        "* OK [ALERT] CAPABILITY STARTTLS\r\n", "* LIST () \"/\" CAPABILITY\r\n", "* BYE\r\n", "+ go\r\n",
        "* 3 EXISTS\r\n" + String(repeating: "* 7 FETCH (UID 9)\r\n", count: 20),
    ]

    @Test(arguments: 0..<60) func `however the octets are cut, lists change and nothing else does`(seed: Int) {
        var random = RepeatableRandom(state: UInt64(seed) &* 104_729 &+ 1)
        var play = Self.secured()
        _ = play.took(.server)
        var whole: [UInt8] = []
        for _ in 0..<30 { whole += Array(Self.pieces.randomElement(using: &random)!.utf8) }
        var expected = ""
        var once = Self.secured()
        _ = once.receive(whole, from: .server)
        expected = once.took(.server)
        var rest = whole[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...min(rest.count, 200), using: &random)
            _ = play.receive(Array(rest.prefix(count)), from: .server)
            rest = rest.dropFirst(count)
        }
        #expect(play.took(.server) == expected)
        #expect(
            expected.contains("{35}\r\n* CAPABILITY IMAP4rev1 STARTTLS\r\nabcd)")
                || !String(decoding: whole, as: UTF8.self).contains("{35}")
        )
        let outside = expected.replacing("* CAPABILITY IMAP4rev1 STARTTLS\r\nabcd", with: "")
            .replacing("[ALERT] CAPABILITY STARTTLS", with: "")
        #expect(!outside.uppercased().contains("STARTTLS"))
    }
}
