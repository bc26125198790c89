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
        _ = play.server("* BYE\r\na OK\r\n")
        play.noticed(.upstream, .truncated)
        #expect(play.recorder.findings.isEmpty)
        #expect(play.recorder.tls.last?.outcome == .truncated)
    }

    @Test func `a new certificate of the server is a finding with both fingerprints`() {
        var play = Self.greeted()
        play.noticed(.upstream, .certificateChanged(from: "aa11", to: "bb22"))
        #expect(play.recorder.findings.map(\.id) == ["upstream-certificate-changed"])
        #expect(play.recorder.findings.first?.text.contains("bb22, before aa11") == true)
        #expect(play.recorder.tls.count == 2)
    }

    @Test func `nothing is told of a connection that is over`() {
        var play = Self.greeted()
        _ = play.closed(.client, .reset)
        play.noticed(.upstream, .truncated)
        #expect(play.recorder.findings.isEmpty)
    }
}
