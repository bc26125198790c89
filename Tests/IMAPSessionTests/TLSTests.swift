import IMAPSession
import Testing
import Traffic

@Suite struct `A session whose TLS ends at imapscope` {
    private static let facts = TLSFacts(version: "TLS 1.2", cipher: "ECDHE", serverName: "mail", verification: .byPeer)

    private static func session(_ recorder: SessionRecorder, held: Int = 1 << 18) -> Session {
        let description = SessionDescription(
            connection: ConnectionID(1),
            client: Endpoint(host: "127.0.0.1", port: 50000),
            server: Endpoint(host: "127.0.0.1", port: 143),
            clientLeg: "cleartext",
            upstreamLeg: "cleartext",
            time: .zero
        )
        let options = SessionOptions(heldOctets: held, answersSTARTTLS: true)
        var session = Session(description: description, options: options, observer: recorder)
        Self.send("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", .server, to: &session)
        return session
    }

    private static func send(_ text: String, _ direction: Direction, to session: inout Session) {
        session.receive(Array(text.utf8).span.bytes, from: direction, at: .zero)
    }

    private static func answer(_ text: String, _ exchange: Int, to session: inout Session) {
        session.receiveAnswer(Array(text.utf8).span.bytes, to: exchange, at: .zero)
    }

    @Test func `goes on as IMAP, and forgets the capabilities`() {
        let recorder = SessionRecorder()
        var session = Self.session(recorder)
        Self.send("a STARTTLS\r\n", .client, to: &session)
        #expect(session.capabilities.contains("STARTTLS"))
        Self.answer("a OK go\r\n", 1, to: &session)
        #expect(session.capabilities.isEmpty)
        session.tlsEstablished(.client, Self.facts, start: .starttls, at: .zero)
        #expect(!session.isOpaque)
        Self.send("b NOOP\r\n", .client, to: &session)
        Self.send("b OK done\r\n", .server, to: &session)
        #expect(
            recorder.lines.suffix(4) == [
                "S tagged #1 a OK go|",
                "tls client: TLS begins on the client leg by STARTTLS: TLS 1.2, ECDHE, name mail; upstream leg cleartext",
                "C command #2 b NOOP|", "S tagged #2 b OK done|",
            ]
        )
        #expect(session.clientTLS == Self.facts)
        #expect(session.upstreamTLS == nil)
    }

    @Test func `is not fooled by a server that completes the STARTTLS it never saw`() {
        let recorder = SessionRecorder()
        var session = Self.session(recorder)
        Self.send("a STARTTLS\r\n", .client, to: &session)
        Self.send("a OK go\r\n", .server, to: &session)
        #expect(recorder.findings == ["unknown-tag"])
        #expect(!session.isOpaque)
        #expect(session.hasCommandsInProgress(beside: 0))
        Self.answer("a OK go\r\n", 1, to: &session)
        #expect(!session.hasCommandsInProgress(beside: 0))
    }

    @Test(arguments: [1 << 18, 4]) func `counts what it throws away behind STARTTLS`(held: Int) {
        let recorder = SessionRecorder()
        var session = Self.session(recorder, held: held)
        Self.send("a STARTTLS\r\nb NO", .client, to: &session)
        Self.send("OP\r\n", .client, to: &session)
        Self.answer("a OK go\r\n", 1, to: &session)
        #expect(session.octets(.client) == 20)
        #expect(recorder.findings == ["octets-before-tls"])
        #expect(recorder.findingTexts.first?.hasPrefix("8 octets") == true)
        Self.send("c NOOP\r\n", .client, to: &session)
        #expect(recorder.lines.last == "C command #2 c NOOP|")
    }

    @Test func `does not count a ClientHello that came before the OK`() {
        let recorder = SessionRecorder()
        var session = Self.session(recorder)
        Self.send("a STARTTLS\r\n\u{16}\u{3}\u{1}", .client, to: &session)
        Self.answer("a OK go\r\n", 1, to: &session)
        #expect(session.octets(.client) == 12)
        #expect(recorder.findings == ["handshake-before-ok"])
    }

    @Test func `tells why no TLS came about`() {
        let recorder = SessionRecorder()
        var session = Self.session(recorder)
        let failure = TLSHandshakeFailure(.refusedByPeer, alert: "unknown_ca", reason: "the peer said so")
        session.tlsFailed(.client, failure, start: .implicit, at: .zero)
        #expect(
            recorder.lines.last
                == "tls client: no TLS on the client leg, refused by the peer (unknown_ca): the peer said so"
        )
        #expect(failure.isDistrust)
        #expect(!TLSHandshakeFailure(.refusedByPeer, alert: "protocol_version", reason: "").isDistrust)
    }
}
