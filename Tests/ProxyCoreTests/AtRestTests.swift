import IMAPProtocol
import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `Behind the login` {
    static let legs: [ClientLeg] = [.starttls(.offered), .starttls(.never), .tls, .starttls(.required)]

    /// A client that is logged in; what its login's own answer listed was shown as `list`.
    private static func loggedIn(_ leg: ClientLeg, upstream: UpstreamLeg = .cleartext) -> (play: Playbook, list: String)
    {
        var play = Playbook(ProxyOptions(client: leg, upstream: upstream))
        if upstream == .tls { _ = play.established(.upstream) }
        if leg == .tls { _ = play.established(.client) }
        _ = play.server("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n")
        if leg == .starttls(.required) {
            _ = play.client("s STARTTLS\r\n")
            _ = play.established(.client)
        }
        _ = play.client("a LOGIN joe secret\r\n")
        _ = play.took(.server)
        _ = play.server("a OK [CAPABILITY IMAP4rev1 IDLE] in\r\n")
        let list = play.took(.server)
        _ = play.took(.client)
        return (play, list)
    }

    @Test(arguments: legs) func `every octet is passed on before it is read`(leg: ClientLeg) {
        var (play, list) = Self.loggedIn(leg)
        #expect(list == "a OK [CAPABILITY IMAP4rev1 IDLE] in\r\n")
        let recorder = play.recorder
        let edits = recorder.edits.count
        let chunks: [(Direction, String)] = [
            (.client, "b STARTTLS\r\n"), (.server, "b BAD no\r\n"), (.client, "c STA"), (.client, "RTTLS"),
            (.server, "* OK [CAPABILITY IMAP4rev1] unasked\r\n"), (.server, "* CAPA"), (.server, "BILITY STARTTLS\r\n"),
            (.client, "\r\n"), (.server, "c BAD no\r\n"), (.client, "d LOGIN x y\r\n"),
            (.server, "d BAD in already\r\n"),
        ]
        for (direction, text) in chunks {
            let before = recorder.messages.count
            let octets = Array(text.utf8)
            play.connection.received(octets.span.bytes, from: direction, at: play.now) { action in
                #expect(action == .forward(direction, 0..<octets.count), "\(text)")
                #expect(recorder.messages.count == before)
            }
        }
        #expect(recorder.edits.count == edits)
        #expect(recorder.findings.allSatisfy { $0.id != "not-edited" && $0.id != "unknown-tag" })
        #expect(recorder.exchanges.map(\.status).suffix(3) == [.bad, .bad, .bad])
    }

    @Test(arguments: legs) func `a list that the client asks for holds STARTTLS where TLS may still begin only`(
        leg: ClientLeg
    ) {
        var (play, _) = Self.loggedIn(leg)
        _ = play.client("b CAPABILITY\r\n")
        _ = play.server("* CAPABILITY IMAP4rev1 STARTTLS X\r\nb OK done\r\n")
        let isOffered = leg == .starttls(.offered)
        // Without TLS the server's own word stands: nothing is added, nothing goes.
        #expect(play.took(.server) == "* CAPABILITY IMAP4rev1 \(isOffered ? "STARTTLS " : "")X\r\nb OK done\r\n")
        _ = play.client("c CAPABILITY\r\n")
        _ = play.server("* CAPABILITY IMAP4rev1\r\nc OK done\r\n")
        #expect(play.took(.server) == "* CAPABILITY IMAP4rev1\r\nc OK done\r\n")
    }

    @Test func `PREAUTH adds nothing either`() {
        var play = Playbook(ProxyOptions(client: .starttls(.offered)))
        _ = play.server("* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n")
        #expect(play.took(.server) == "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n")
        #expect(play.client("a STARTTLS\r\n") == [.forward(.client, "a STARTTLS\r\n")])
        _ = play.server("a BAD no\r\n")
        #expect(play.recorder.exchanges.map(\.status) == [.bad])
    }

    @Test func `UNAUTHENTICATE makes STARTTLS possible again`() {
        var (play, _) = Self.loggedIn(.starttls(.offered))
        _ = play.client("b UNAUTHENTICATE\r\n")
        _ = play.server("b OK out\r\n")
        _ = play.took(.server)
        _ = play.client("c CAPABILITY\r\n")
        _ = play.server("* CAPABILITY IMAP4rev1\r\nc OK done\r\n")
        #expect(play.took(.server) == "* CAPABILITY IMAP4rev1 STARTTLS\r\nc OK done\r\n")
        _ = play.client("d STARTTLS\r\n")
        #expect(play.took(.server) == "d OK Begin TLS negotiation now\r\n")
    }

    @Test func `a STARTTLS that was sent before the login ended is imapscope's to refuse`() {
        var play = Playbook(ProxyOptions(client: .starttls(.offered)))
        _ = play.server("* OK hi\r\n")
        _ = play.client("a LOGIN joe secret\r\nb STARTTLS\r\nc NOOP\r\n")
        _ = play.server("a OK in\r\n")
        #expect(play.took(.client) == "a LOGIN joe secret\r\nc NOOP\r\n")
        #expect(play.took(.server) == "* OK hi\r\na OK in\r\nb BAD imapscope: STARTTLS comes before the login\r\n")
        _ = play.server("c OK\r\n")
        #expect(play.recorder.exchanges.map(\.status) == [.ok, .bad, .ok])
    }

    @Test(arguments: 0..<60) func `whatever comes leaves as it came`(seed: Int) {
        let pieces = [
            "* CAPABILITY IMAP4rev1\r\n", "* OK [CAPABILITY IDLE] x\r\n", "z STARTTLS\r\n", "* 1 FETCH (BODY[] {9}\r\n",
            "a LOGIN {4}\r\n", "b APPEND x {3+}\r\n", "+ go\r\n", "z BAD no\r\n", "\"", "{", "* ", "z", "\r\n",
            "c IDLE\r\n", "DONE\r\n",
        ].map { Array($0.utf8) }
        for leg in Self.legs {
            var random = RepeatableRandom(state: UInt64(seed) &* 65_537 &+ 11)
            var (play, _) = Self.loggedIn(leg)
            var came: [Direction: [UInt8]] = [.client: [], .server: []]
            for _ in 0..<60 {
                let direction: Direction = Bool.random(using: &random) ? .client : .server
                let piece = pieces.randomElement(using: &random)!
                let chunk = Array(piece.prefix(Int.random(in: 0...piece.count, using: &random)))
                came[direction]! += chunk
                _ = play.receive(chunk, from: direction)
            }
            _ = play.closed(.client)
            _ = play.closed(.server)
            #expect(play.sent[.client] == came[.client])
            #expect(play.sent[.server] == came[.server])
        }
    }

    @Test func `offsets are those of the server's own octets`() {
        var play = Playbook(ProxyOptions(client: .starttls(.never)))
        _ = play.server("* OK hi\r\n")
        _ = play.client("a STARTTLS\r\n")
        _ = play.server("* 1 EXISTS\r\n")
        #expect(play.connection.session.octets(.server) == 21)
        _ = play.closed(.client)
        _ = play.closed(.server)
        #expect(play.recorder.summaries.map(\.serverOctets) == [21])
    }

    @Test func `findings of the edit stage are counted`() {
        var play = Playbook(ProxyOptions(client: .starttls(.offered)))
        _ = play.server("* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-1-PLUS] hi\r\n")
        _ = play.closed(.client)
        _ = play.closed(.server)
        #expect(play.recorder.findings.map(\.id) == ["channel-binding-offered"])
        #expect(play.recorder.summaries.map(\.findings) == [1])
    }
}
