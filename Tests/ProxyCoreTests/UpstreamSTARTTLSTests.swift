import IMAPSession
import ProxyCore
import Testing
import Traffic

private let greeting = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] Dovecot ready.\r\n"
private let after = "* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN\r\nimapscope2 OK done\r\n"
private let ok = "imapscope1 OK Begin TLS\r\n"

@Suite struct `Mandatory STARTTLS upstream` {
    static func play(_ client: ClientLeg = .cleartext) -> Playbook {
        Playbook(ProxyOptions(client: client, upstream: .starttls))
    }

    /// A connection that got as far as the client's first command.
    static func ready(_ client: ClientLeg = .cleartext) -> Playbook {
        var play = Self.play(client)
        _ = play.server(greeting)
        _ = play.server(ok)
        _ = play.established(.upstream)
        _ = play.server(after)
        return play
    }

    @Test func `shows the client the greeting with the list from after TLS`() {
        var play = Playbook(ProxyOptions(upstream: .starttls), connected: false)
        _ = play.accepted()
        #expect(
            play.connected() == [
                .act(.cancelTimer(.connect)), .act(.startTimer(.upstreamTLS, seconds: 30)),
                .act(.resumeReading(.server)),
            ]
        )
        #expect(
            play.server(greeting) == [
                .replace(.server, greeting, with: ""), .inject(.client, "imapscope1 STARTTLS\r\n"),
            ]
        )
        #expect(
            play.server(ok) == [.replace(.server, ok, with: ""), .act(.upgradeTLS(.upstream, alreadyRead: []))]
        )
        #expect(play.established(.upstream) == [.inject(.client, "imapscope2 CAPABILITY\r\n")])
        #expect(
            play.server(after) == [
                .replace(.server, after, with: ""), .act(.cancelTimer(.upstreamTLS)),
                .inject(.server, "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] Dovecot ready.\r\n"),
                .act(.resumeReading(.client)),
            ]
        )
        #expect(play.connection.session.capabilities.words == ["IMAP4REV1", "IDLE", "AUTH=PLAIN"])
        #expect(play.recorder.messages.map(\.text) == [greeting])
        #expect(play.recorder.tls.map(\.leg) == [.upstream])
        #expect(play.recorder.tls.first?.start == .starttls)
        #expect(play.recorder.descriptions.map(\.upstreamLeg) == ["STARTTLS"])
        #expect(play.recorder.findings.isEmpty)
        #expect(
            play.recorder.edits.map { [$0.before, $0.after] } == [
                ["", "imapscope1 STARTTLS"], ["imapscope1 OK Begin TLS", ""], ["", "imapscope2 CAPABILITY"],
                ["* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN", ""], ["imapscope2 OK done", ""],
                [
                    String(greeting.dropLast(1)), "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] Dovecot ready.",
                ],
            ]
        )
    }

    @Test func `asks for the list when the greeting has none`() {
        var play = Self.play()
        _ = play.server("* OK hello\r\n")
        #expect(play.took(.client) == "imapscope1 CAPABILITY\r\n")
        _ = play.server("* CAPABILITY IMAP4rev1 starttls\r\nimapscope1 OK done\r\n")
        #expect(play.took(.client) == "imapscope2 STARTTLS\r\n")
        _ = play.server("imapscope2 OK go\r\n")
        _ = play.established(.upstream)
        _ = play.server("* CAPABILITY IMAP4rev1\r\nimapscope3 OK [CAPABILITY X] done\r\n")
        #expect(play.took(.server) == "* OK hello\r\n")
    }

    @Test func `works however the server's octets are cut`() {
        let parts = [greeting, ok, after].map { Array($0.utf8) }
        for part in 0..<parts.count {
            for cut in 0..<parts[part].count {
                var play = Self.play()
                for (index, octets) in parts.enumerated() {
                    if index == 2 { _ = play.established(.upstream) }
                    if index == part {
                        _ = play.receive(Array(octets[..<cut]), from: .server)
                        _ = play.receive(Array(octets[cut...]), from: .server)
                    } else {
                        _ = play.receive(octets, from: .server)
                    }
                }
                #expect(
                    play.took(.server) == "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] Dovecot ready.\r\n",
                    "part \(part) cut at \(cut)"
                )
            }
        }
    }

    @Test func `keeps what the client sent too early, and what the server said behind its list`() {
        var play = Self.play()
        #expect(play.client("a NOOP\r\nimapscope1 NOOP\r\n") == [.hold(.client, "a NOOP\r\nimapscope1 NOOP\r\n")])
        _ = play.server(greeting)
        #expect(play.client("b LOGIN x y\r\n") == [.hold(.client, "b LOGIN x y\r\n")])
        _ = play.server(ok)
        _ = play.established(.upstream)
        _ = play.took(.client)
        _ = play.server("* OK [ALERT] maintenance\r\n" + after + "* OK still here\r\n")
        #expect(play.took(.client) == "a NOOP\r\nimapscope1 NOOP\r\nb LOGIN x y\r\n")
        #expect(
            play.took(.server) == "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] Dovecot ready.\r\n"
                + "* OK [ALERT] maintenance\r\n* OK still here\r\n"
        )
    }

    @Test func `ends a client that sends more than is kept before it is greeted`() {
        var options = ProxyOptions(upstream: .starttls)
        options.heldOctets = 100
        var play = Playbook(options)
        _ = play.client(String(repeating: "x", count: 60))
        let did = play.client(String(repeating: "x", count: 60))
        #expect(did.last == .act(.close))
        #expect(play.recorder.findings.map(\.id) == ["client-too-early"])
        #expect(play.sent[.client] == [])
    }

    @Test func `passes the client's early end on behind its octets`() {
        var play = Self.play()
        _ = play.client("a LOGOUT\r\n")
        #expect(play.closed(.client).isEmpty)
        _ = play.server(greeting)
        _ = play.server(ok)
        _ = play.established(.upstream)
        let did = play.server(after)
        #expect(did.contains(.release(.client, "a LOGOUT\r\n")))
        #expect(did.contains(.act(.closeOutput(.client))))
    }

    @Test func `takes the list out of the greeting when there is none after TLS`() {
        var play = Self.play()
        _ = play.server(greeting)
        _ = play.server(ok)
        _ = play.established(.upstream)
        _ = play.server("imapscope2 BAD what\r\n")
        #expect(play.took(.server) == "* OK Dovecot ready.\r\n")
        #expect(play.connection.session.capabilities.isEmpty)
    }

    @Test(arguments: ["ALERT", "REFERRAL imap://evil.example/"]) func `drops codes from before TLS`(code: String) {
        var play = Self.play()
        _ = play.server("* OK [\(code)] call 555\r\n")
        _ = play.server("* CAPABILITY STARTTLS\r\nimapscope1 OK\r\n")
        _ = play.server("imapscope2 OK go\r\n")
        _ = play.established(.upstream)
        _ = play.server("* CAPABILITY IMAP4rev1\r\nimapscope3 OK\r\n")
        #expect(play.took(.server) == "* OK call 555\r\n")
    }

    @Test func `passes nothing on that was said before TLS`() {
        var play = Self.play()
        _ = play.server(greeting)
        _ = play.server("* LIST () \"/\" evil\r\n* 5 EXISTS\r\n" + ok)
        _ = play.established(.upstream)
        _ = play.server(after)
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN] Dovecot ready.\r\n")
        #expect(
            play.recorder.findings.map(\.id) == ["upstream-untagged-before-tls", "upstream-untagged-before-tls"]
        )
    }

    struct Refused: CustomTestStringConvertible {
        var id: String
        var lines: [String]
        var severity = Severity.high
        var testDescription: String { "\(self.id): \(self.lines.last ?? "")" }
    }

    static let refusals: [Refused] = [
        Refused(id: "upstream-starttls-missing", lines: ["* OK [CAPABILITY IMAP4rev1] hi\r\n"]),
        Refused(
            id: "upstream-starttls-missing",
            lines: ["* OK hi\r\n", "* CAPABILITY IMAP4rev1\r\nimapscope1 OK done\r\n"]
        ),
        Refused(id: "upstream-starttls-missing", lines: ["* OK hi\r\n", "imapscope1 BAD what\r\n"]),
        Refused(id: "upstream-starttls-missing", lines: ["* OK [CAPABILITY] hi\r\n", "imapscope1 OK x\r\n"]),
        Refused(id: "upstream-starttls-refused", lines: [greeting, "imapscope1 NO not now\r\n"]),
        Refused(id: "upstream-starttls-refused", lines: [greeting, "imapscope1 BAD what\r\n"]),
        Refused(id: "upstream-starttls-invalid", lines: [greeting, "+ continue with something\r\n"]),
        Refused(id: "upstream-starttls-invalid", lines: [greeting, "imapscope1 FINE go\r\n"]),
        Refused(id: "upstream-starttls-invalid", lines: [greeting, "other OK go\r\n"]),
        Refused(id: "upstream-starttls-invalid", lines: [greeting, "\r\n"]),
        Refused(id: "upstream-starttls-invalid", lines: [greeting + ok], severity: .critical),
        Refused(id: "upstream-starttls-preauth", lines: ["* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"]),
        Refused(id: "upstream-bye", lines: ["* BYE too busy\r\n"]),
        Refused(id: "upstream-bye", lines: [greeting, "* BYE no\r\n"]),
        Refused(id: "upstream-greeting-invalid", lines: ["a OK hi\r\n"]),
        Refused(id: "upstream-greeting-invalid", lines: ["* NO hi\r\n"]),
        Refused(id: "upstream-greeting-invalid", lines: ["junk\r\n"]),
        Refused(id: "upstream-greeting-invalid", lines: ["* 1 EXISTS\r\n"]),
        Refused(id: "upstream-greeting-invalid", lines: ["\u{16}\u{3}\u{1}\u{0}\u{5}hello\r\n"]),
        Refused(
            id: "upstream-starttls-injected",
            lines: [greeting, ok + "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"],
            severity: .critical
        ),
        Refused(id: "upstream-starttls-injected", lines: [greeting, ok + "x"], severity: .critical),
        // A ServerHello cannot come before the ClientHello, so what looks like one is no better.
        Refused(id: "upstream-starttls-injected", lines: [greeting, ok + "\u{16}\u{3}\u{3}"], severity: .critical),
        Refused(id: "upstream-starttls-injected", lines: [greeting, ok, "* BYE\r\n"], severity: .critical),
        Refused(id: "upstream-flood", lines: ["* OK " + String(repeating: "x", count: 70_000)]),
    ]

    @Test(arguments: refusals) func `is refused with BYE and a finding`(refused: Refused) {
        var play = Self.play()
        _ = play.client("a LOGIN joe secret\r\n")
        var did: [Did] = []
        for line in refused.lines { did = play.server(line) }
        #expect(did.last == .act(.close))
        #expect(play.connection.hasEnded)
        #expect(play.recorder.findings.map(\.id) == [refused.id])
        #expect(play.recorder.findings.first?.severity == refused.severity)
        #expect(play.recorder.findings.first?.leg == .upstream)
        let said = play.took(.server)
        #expect(said.hasPrefix("* BYE [UNAVAILABLE] imapscope: "))
        #expect(said.utf8.filter { $0 == 0x0A }.count == 1)
        // The client's octets never left, and nothing but imapscope's own commands did.
        let left = play.took(.client)
        #expect(left.split(separator: "\r\n").allSatisfy { $0.hasPrefix("imapscope") })
        #expect(play.server(after).isEmpty)
    }

    @Test(arguments: refusals.filter { $0.lines.count > 1 && $0.id != "upstream-flood" })
    func `is refused however the octets are cut`(refused: Refused) {
        var play = Self.play()
        for line in refused.lines { for octet in line.utf8 { _ = play.receive([octet], from: .server) } }
        #expect(play.recorder.findings.map(\.id) == [refused.id])
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] "))
    }

    @Test(arguments: [
        (TLSHandshakeFailure(.certificate, reason: "hostname mismatch"), "upstream-certificate", Severity.critical),
        (TLSHandshakeFailure(.notTLS, reason: "* OK hi"), "upstream-starttls-injected", .critical),
        (TLSHandshakeFailure(.refusedByPeer, alert: "handshake_failure", reason: "x"), "upstream-tls-failed", .high),
        (TLSHandshakeFailure(.timedOut, reason: "10 s"), "upstream-tls-failed", .high),
    ]) func `is refused when the handshake fails`(failure: TLSHandshakeFailure, id: String, severity: Severity) {
        var play = Self.play()
        _ = play.server(greeting)
        _ = play.server(ok)
        let did = play.failed(.upstream, failure)
        #expect(did.first == .act(.cancelTimer(.upstreamTLS)))
        #expect(did.last == .act(.close))
        #expect(play.recorder.findings.map(\.id) == [id])
        #expect(play.recorder.findings.map(\.severity) == [severity])
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] "))
        guard case .failed = play.recorder.tls.first?.outcome else {
            Issue.record("no event")
            return
        }
    }

    @Test func `is refused when the facts say that the certificate is wrong`() {
        var play = Self.play()
        _ = play.server(greeting)
        _ = play.server(ok)
        var facts = TLSFacts.test
        facts.verification = .failed(reason: "expired")
        #expect(play.established(.upstream, facts).last == .act(.close))
        #expect(play.recorder.findings.map(\.id) == ["upstream-certificate"])
    }

    @Test func `goes on with a finding when nobody was to check the certificate`() {
        var play = Self.play()
        _ = play.server(greeting)
        _ = play.server(ok)
        var facts = TLSFacts.test
        facts.verification = .skipped
        #expect(play.established(.upstream, facts) == [.inject(.client, "imapscope2 CAPABILITY\r\n")])
        #expect(play.recorder.findings.map(\.id) == ["upstream-certificate-not-verified"])
    }

    @Test func `is refused when the server goes away or stays silent`() {
        for how in [Closing.closed, .reset] {
            var play = Self.play()
            _ = play.server(greeting)
            #expect(play.closed(.server, how).last == .act(.close))
            #expect(play.recorder.findings.map(\.id) == ["upstream-closed"])
            #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] "))
        }
        var play = Self.play()
        #expect(play.timer(.upstreamTLS).last == .act(.close))
        #expect(play.recorder.findings.map(\.id) == ["upstream-timeout"])
    }

    @Test func `never lets the client's STARTTLS through`() {
        var play = Self.ready()
        _ = play.took(.client)
        _ = play.took(.server)
        _ = play.client("a STARTTLS\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server) == "a BAD imapscope: STARTTLS is not offered here\r\n")
    }

    @Test func `an implicit upstream handshakes first and is relayed then`() {
        var play = Playbook(ProxyOptions(upstream: .tls), connected: false)
        _ = play.accepted()
        #expect(
            play.connected() == [
                .act(.cancelTimer(.connect)), .act(.startTimer(.upstreamTLS, seconds: 30)),
                .act(.upgradeTLS(.upstream, alreadyRead: [])),
            ]
        )
        #expect(
            play.established(.upstream) == [
                .act(.cancelTimer(.upstreamTLS)), .act(.resumeReading(.server)), .act(.resumeReading(.client)),
            ]
        )
        _ = play.server("* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n")
        #expect(play.took(.server) == "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n")
        #expect(play.recorder.descriptions.map(\.upstreamLeg) == ["TLS"])
    }

    @Test func `an implicit upstream that does not speak TLS is a matter of configuration`() {
        var play = Playbook(ProxyOptions(upstream: .tls))
        _ = play.failed(.upstream, TLSHandshakeFailure(.notTLS, reason: "* OK hi"))
        #expect(play.recorder.findings.map(\.id) == ["upstream-tls-failed"])
        #expect(play.recorder.findings.map(\.blame) == [.configuration])
    }
}
