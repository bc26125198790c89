import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `What happens to TLS after its handshake` {
    private static func greeted() -> Playbook {
        var play = Playbook(ProxyOptions(client: .tls, upstream: .tls))
        _ = play.established(.client)
        _ = play.established(.upstream)
        _ = play.server("* OK hi\r\n")
        return play
    }

    static let notices: [(TLSNotice, String, TLSChange.Outcome)] = [
        (.truncated, "tls-truncated", .truncated),
        (.renegotiationRefused, "tls-renegotiation", .renegotiationRefused),
        (
            .broken(TLSHandshakeFailure(.refusedByPeer, alert: "bad_record_mac", reason: "x")), "tls-broken",
            .broken(TLSHandshakeFailure(.refusedByPeer, alert: "bad_record_mac", reason: "x"))
        ),
    ]

    @Test(arguments: notices, [Leg.client, .upstream])
    func `is told with its leg`(notice: (TLSNotice, id: String, outcome: TLSChange.Outcome), leg: Leg) {
        var play = Self.greeted()
        play.noticed(leg, notice.0)
        #expect(play.recorder.findings.map(\.id) == [notice.id])
        #expect(play.recorder.findings.map(\.leg) == [leg])
        #expect(play.recorder.findings.map(\.blame) == [leg == .client ? .client : .server])
        #expect(play.recorder.tls.last?.outcome == notice.outcome)
        #expect(play.recorder.tls.last?.leg == leg)
    }

    @Test func `a missing close_notify is no finding once the session was closed by LOGOUT`() {
        var play = Self.greeted()
        _ = play.client("a LOGOUT\r\n")
        _ = play.server("* BYE see you\r\na OK done\r\n")
        play.noticed(.upstream, .truncated)
        #expect(play.recorder.findings.isEmpty)
        #expect(play.recorder.tls.last?.outcome == .truncated)
    }

    @Test func `the complaint of a peer to which truncation was passed on is no news`() {
        var play = Self.greeted()
        _ = play.client("a NOOP\r\n")
        play.noticed(.upstream, .truncated)
        _ = play.closed(.server)
        play.noticed(.client, .broken(TLSHandshakeFailure(.refusedByPeer, alert: "decode_error", reason: "x")))
        #expect(play.recorder.findings.map(\.id) == ["tls-truncated"])
    }

    @Test func `a new certificate of the server is a finding with both fingerprints`() {
        var play = Self.greeted()
        play.noticed(.upstream, .certificateChanged(from: "aa11", to: "bb22"))
        #expect(play.recorder.findings.map(\.id) == ["upstream-certificate-changed"])
        #expect(play.recorder.findings.first?.text.contains("bb22, before aa11") == true)
        #expect(play.recorder.tls.count == 2)
    }

    private static let refusedByPeer = TLSHandshakeFailure(.refusedByPeer, alert: "certificate_required", reason: "x")

    @Test(arguments: [UpstreamLeg.tls, .starttls])
    func `a server that refuses our certificate behind the handshake is a BYE for who waits for a greeting`(
        leg: UpstreamLeg
    ) {
        var play = Playbook(ProxyOptions(client: .tls, upstream: leg))
        _ = play.established(.client)
        if leg == .starttls {
            _ = play.server("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n")
            _ = play.server("imapscope1 OK go\r\n")
        }
        _ = play.established(.upstream)
        play.noticed(.upstream, .broken(Self.refusedByPeer))
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] imapscope: no TLS with the server"))
        #expect(play.connection.hasEnded)
        #expect(play.recorder.findings.map(\.id) == ["tls-broken", "upstream-tls-failed"])
        #expect(play.closed(.server, .reset).isEmpty)
    }

    @Test func `a client that is still busy with its own handshake hears the BYE behind it`() {
        var play = Playbook(ProxyOptions(client: .tls, upstream: .tls))
        _ = play.established(.upstream)
        play.noticed(.upstream, .broken(Self.refusedByPeer))
        _ = play.closed(.server, .reset)
        #expect(!play.connection.hasEnded)
        _ = play.established(.client)
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] "))
        #expect(play.connection.hasEnded)
    }

    @Test func `a break behind the greeting is passed on as it is`() {
        var play = Self.greeted()
        #expect(play.noticed(.upstream, .broken(Self.refusedByPeer)).isEmpty)
        #expect(play.closed(.server, .reset) == [.act(.reset)])
    }

    @Test(arguments: [ClientLeg.tls, .starttls(.offered)], [Closing.closed, .reset])
    func `a client that leaves right behind its handshake is told of with the advice`(leg: ClientLeg, how: Closing) {
        var play = Playbook(ProxyOptions(client: leg, authorityFile: "/ca.pem"))
        if leg == .tls { _ = play.established(.client) }
        _ = play.server("* OK [CAPABILITY IMAP4rev1] hi\r\n")
        if leg != .tls {
            _ = play.client("a STARTTLS\r\n")
            _ = play.established(.client)
        }
        _ = play.closed(.client, how)
        #expect(play.recorder.findings.map(\.id) == ["client-left-after-handshake"])
        #expect(play.recorder.findings.first?.text.contains("does not trust our CA: install /ca.pem") == true)
    }

    @Test func `a client that says something, resumes, or is left by the server is not suspected`() {
        var talking = Self.greeted()
        _ = talking.client("a NOOP\r\n")
        _ = talking.closed(.client)
        #expect(talking.recorder.findings.isEmpty)

        var resuming = Playbook(ProxyOptions(client: .tls))
        var facts = TLSFacts.test
        facts.isResumed = true
        _ = resuming.established(.client, facts)
        _ = resuming.closed(.client)
        #expect(resuming.recorder.findings.isEmpty)

        var left = Self.greeted()
        _ = left.closed(.server)
        _ = left.closed(.client)
        #expect(left.recorder.findings.isEmpty)
    }

    @Test func `a leg that will be TLS is not called cleartext`() {
        var play = Playbook(ProxyOptions(client: .tls, upstream: .tls))
        _ = play.established(.client)
        _ = play.established(.upstream)
        #expect(play.recorder.tls.map { $0.sentence.hasSuffix("; upstream leg not TLS yet") } == [true, false])
        var other = Playbook(ProxyOptions(client: .tls, upstream: .starttls))
        _ = other.server("* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n")
        _ = other.server("imapscope1 OK go\r\n")
        _ = other.established(.upstream)
        #expect(other.recorder.tls.first?.sentence.hasSuffix("; client leg not TLS yet") == true)
        var plain = Playbook(ProxyOptions(client: .tls))
        _ = plain.established(.client)
        #expect(plain.recorder.tls.first?.sentence.hasSuffix("; upstream leg cleartext") == true)
    }

    @Test func `nothing is told of a connection that is over`() {
        var play = Self.greeted()
        _ = play.closed(.client, .reset)
        let told = play.recorder.findings.count
        play.noticed(.upstream, .truncated)
        #expect(play.recorder.findings.count == told)
    }
}
