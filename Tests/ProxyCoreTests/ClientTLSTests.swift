import IMAPProtocol
import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `TLS on the client leg` {
    static let lists: [(received: String, offered: String, required: String, secured: String)] = [
        (
            "* CAPABILITY IMAP4rev1 AUTH=PLAIN IDLE\r\n",
            "* CAPABILITY IMAP4rev1 AUTH=PLAIN IDLE STARTTLS\r\n",
            "* CAPABILITY IMAP4rev1 IDLE STARTTLS LOGINDISABLED\r\n",
            "* CAPABILITY IMAP4rev1 AUTH=PLAIN IDLE\r\n"
        ),
        (
            "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n",
            "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n",
            "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready\r\n",
            "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] ready\r\n"
        ),
        (
            "a OK [CAPABILITY IMAP4rev1 AUTH=X STARTTLS] in\r\n",
            "a OK [CAPABILITY IMAP4rev1 AUTH=X STARTTLS] in\r\n",
            "a OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] in\r\n",
            "a OK [CAPABILITY IMAP4rev1 AUTH=X] in\r\n"
        ),
        (
            "* OK [CAPABILITY auth=plain starttls] x\r\n",
            "* OK [CAPABILITY auth=plain starttls] x\r\n",
            "* OK [CAPABILITY starttls LOGINDISABLED] x\r\n",
            "* OK [CAPABILITY auth=plain] x\r\n"
        ),
    ]

    @Test(arguments: lists)
    func `decides what every list holds`(received: String, offered: String, required: String, secured: String) {
        let legs: [(ClientLeg, String)] = [
            (.starttls(.offered), offered), (.starttls(.required), required), (.tls, secured),
        ]
        for (leg, expected) in legs {
            let octets = Array(received.utf8)
            for cut in 0...octets.count {
                var play = Playbook(ProxyOptions(client: leg))
                if leg == .tls { _ = play.established(.client) }
                _ = play.server("* OK hello\r\n")
                _ = play.took(.server)
                _ = play.receive(Array(octets[..<cut]), from: .server)
                _ = play.receive(Array(octets[cut...]), from: .server)
                #expect(play.took(.server) == expected, "\(leg) cut at \(cut)")
            }
        }
    }

    @Test func `a rule cannot take LOGINDISABLED out of a list`() {
        let edit = CapabilityEdit(cause: "rule", removing: ["LOGINDISABLED", "IDLE"])
        var play = Playbook(ProxyOptions(capabilityEdits: [edit]))
        _ = play.server("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED IDLE] x\r\n")
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] x\r\n")
    }

    private static func offered() -> Playbook {
        var play = Playbook(ProxyOptions(client: .starttls(.offered)))
        _ = play.server("* OK [CAPABILITY IMAP4rev1] hi\r\n")
        _ = play.took(.server)
        return play
    }

    @Test func `begins with the OK of imapscope and is IMAP behind it`() {
        var play = Self.offered()
        #expect(
            play.client("a STARTTLS\r\n") == [
                .replace(.client, "a STARTTLS\r\n", with: ""),
                .inject(.server, "a OK Begin TLS negotiation now\r\n"), .act(.pauseReading(.server)),
                .act(.upgradeTLS(.client, alreadyRead: [])), .act(.startTimer(.clientTLS, seconds: 30)),
            ]
        )
        #expect(play.connection.session.capabilities.isEmpty)
        #expect(
            play.established(.client) == [.act(.cancelTimer(.clientTLS)), .act(.resumeReading(.server))]
        )
        #expect(play.client("b CAPABILITY\r\n") == [.forward(.client, "b CAPABILITY\r\n")])
        _ = play.took(.server)
        _ = play.server("* CAPABILITY IMAP4rev1 STARTTLS\r\nb OK done\r\n")
        #expect(play.took(.server) == "* CAPABILITY IMAP4rev1\r\nb OK done\r\n")
        _ = play.client("c STARTTLS\r\n")
        #expect(play.took(.server) == "c BAD imapscope: TLS is active already\r\n")
        #expect(play.took(.client) == "b CAPABILITY\r\n")
        #expect(play.recorder.tls.map(\.start) == [.starttls])
        #expect(play.recorder.tls.first?.client == .test)
        #expect(play.recorder.tls.first?.upstream == nil)
        #expect(play.recorder.changes.isEmpty)
        #expect(play.recorder.findings.isEmpty)
        #expect(play.recorder.exchanges.map(\.status) == [.ok, .ok, .bad])
    }

    @Test func `throws away what is pipelined behind STARTTLS, however it is cut`() {
        let text = Array("a STARTTLS\r\nb LOGIN joe secret\r\n".utf8)
        for cut in 0...text.count {
            var play = Self.offered()
            _ = play.receive(Array(text[..<cut]), from: .client)
            let isOnlyCommand = cut >= 12
            if isOnlyCommand, cut < text.count {
                // The OK has been said: nothing in the clear can follow any more.
                #expect(play.receive(Array(text[cut...]), from: .client).allSatisfy { $0.isSwallowed })
            } else {
                _ = play.receive(Array(text[cut...]), from: .client)
                #expect(play.recorder.findings.map(\.id) == ["octets-before-tls"])
            }
            #expect(play.took(.client) == "", "cut at \(cut)")
            #expect(play.took(.server) == "a OK Begin TLS negotiation now\r\n")
            _ = play.established(.client)
            _ = play.client("c NOOP\r\n")
            #expect(play.took(.client) == "c NOOP\r\n")
            _ = play.server("* CAPABILITY STARTTLS IMAP4rev1\r\nc OK\r\n")
            #expect(play.took(.server) == "* CAPABILITY IMAP4rev1\r\nc OK\r\n", "cut at \(cut)")
        }
    }

    @Test func `hands a ClientHello that came too early to the handshake`() {
        var play = Self.offered()
        let hello: [UInt8] = [0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]
        let did = play.receive(Array("a STARTTLS\r\n".utf8) + hello, from: .client)
        #expect(did.contains(.act(.upgradeTLS(.client, alreadyRead: hello))))
        #expect(play.recorder.findings.map(\.id) == ["handshake-before-ok"])
        _ = play.established(.client)
        _ = play.took(.server)
        _ = play.client("b STARTTLS\r\nc NOOP\r\n")
        #expect(play.took(.client) == "c NOOP\r\n")
        #expect(play.took(.server) == "b BAD imapscope: TLS is active already\r\n")
    }

    @Test func `begins only when everything before it has been answered`() {
        var play = Self.offered()
        #expect(
            play.client("a NOOP\r\nb STARTTLS\r\n") == [
                .forward(.client, "a NOOP\r\n"), .replace(.client, "b STARTTLS\r\n", with: ""),
                .act(.pauseReading(.client)),
            ]
        )
        #expect(play.client("c LOGIN x y\r\n") == [.hold(.client, "c LOGIN x y\r\n")])
        // Nothing that the server says completes a command it never saw.
        #expect(
            play.server("b OK [CAPABILITY X] go\r\n") == [
                .replace(
                    .server,
                    "b OK [CAPABILITY X] go\r\n",
                    with: "b OK [CAPABILITY X STARTTLS] go\r\n"
                )
            ]
        )
        let did = play.server("a OK done\r\n")
        #expect(
            did == [
                .forward(.server, "a OK done\r\n"), .inject(.server, "b OK Begin TLS negotiation now\r\n"),
                .act(.resumeReading(.client)), .act(.pauseReading(.server)),
                .act(.upgradeTLS(.client, alreadyRead: [])), .act(.startTimer(.clientTLS, seconds: 30)),
            ]
        )
        #expect(play.took(.client) == "a NOOP\r\n")
        #expect(play.recorder.findings.filter { !$0.isNote }.map(\.id) == ["unknown-tag", "octets-before-tls"])
    }

    @Test func `never makes commands of what waits behind STARTTLS when the client closes`() {
        var play = Self.offered()
        _ = play.client("a NOOP\r\nb STARTTLS\r\nc LOGIN x y\r\nd NOOP\r\n")
        _ = play.closed(.client)
        #expect(play.took(.client) == "a NOOP\r\n")
    }

    @Test func `keeps what the server says during the handshake for after it`() {
        var play = Self.offered()
        _ = play.client("a STARTTLS\r\n")
        _ = play.took(.server)
        #expect(play.server("* OK [CAPABILITY IMAP4rev1 STARTTLS] x\r\n* BYE\r\n").count == 1)
        #expect(play.closed(.server).isEmpty)
        #expect(play.took(.server) == "")
        let did = play.established(.client)
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1] x\r\n* BYE\r\n")
        #expect(did.last == .act(.closeOutput(.server)))
    }

    @Test func `is refused with arguments`() {
        var other = Self.offered()
        _ = other.client("a STARTTLS now\r\nb STARTTLS {3+}\r\nabc\r\nc STARTTLS {3}\r\nd NOOP\r\n")
        #expect(
            other.took(.server)
                == ["a", "b", "c"].map { "\($0) BAD imapscope: STARTTLS has no arguments\r\n" }.joined()
        )
        #expect(other.took(.client) == "d NOOP\r\n")
    }

    @Test(arguments: [
        (TLSHandshakeFailure(.refusedByPeer, alert: "unknown_ca", reason: "alert"), true),
        (TLSHandshakeFailure(.refusedByPeer, alert: "bad_certificate", reason: "alert"), true),
        (TLSHandshakeFailure(.refusedByPeer, alert: "protocol_version", reason: "alert"), false),
        (TLSHandshakeFailure(.refusedByImapscope, alert: "handshake_failure", reason: "no cipher"), false),
    ]) func `that fails says what to do`(failure: TLSHandshakeFailure, isTrust: Bool) {
        var play = Playbook(ProxyOptions(client: .starttls(.offered), authorityFile: "/etc/imapscope/ca.pem"))
        _ = play.server("* OK hi\r\n")
        _ = play.client("a STARTTLS\r\n")
        _ = play.took(.server)
        #expect(play.failed(.client, failure) == [.act(.cancelTimer(.clientTLS)), .act(.close)])
        #expect(play.recorder.findings.map(\.id) == ["client-tls-failed"])
        let text = play.recorder.findings.first?.text ?? ""
        #expect(text.contains("the client does not trust our CA") == isTrust)
        #expect(text.contains("install /etc/imapscope/ca.pem") == isTrust)
        #expect(play.recorder.tls.count == 1)
        #expect(play.took(.server) == "")
        #expect(play.recorder.summaries.count == 1)
    }

    @Test func `fails when the client closes or stays silent inside the handshake`() {
        for how in [Closing.closed, .reset] {
            var play = Playbook(ProxyOptions(client: .tls))
            #expect(play.closed(.client, how).last == .act(.close))
            #expect(play.recorder.findings.first?.text.contains("if it does not trust our CA: install") == true)
        }
        var play = Playbook(ProxyOptions(client: .tls))
        #expect(play.timer(.clientTLS).last == .act(.close))
        #expect(play.recorder.findings.map(\.id) == ["client-tls-failed"])
    }

    @Test func `from the start comes before everything`() {
        var play = Playbook(ProxyOptions(client: .tls), connected: false)
        #expect(
            play.accepted() == [
                .act(.upgradeTLS(.client, alreadyRead: [])), .act(.startTimer(.clientTLS, seconds: 30)),
                .act(.openUpstream), .act(.startTimer(.connect, seconds: 30)),
            ]
        )
        #expect(play.connected() == [.act(.cancelTimer(.connect)), .act(.resumeReading(.client))])
        #expect(play.server("* OK hi\r\n") == [.hold(.server, "* OK hi\r\n")])
        #expect(
            play.established(.client) == [
                .act(.cancelTimer(.clientTLS)), .act(.resumeReading(.server)), .release(.server, "* OK hi\r\n"),
            ]
        )
        #expect(play.recorder.descriptions.map(\.clientLeg) == ["TLS"])
        #expect(play.recorder.tls.map(\.start) == [.implicit])
    }

    @Test func `hears of an upstream that failed only under TLS`() {
        var play = Playbook(ProxyOptions(client: .tls), connected: false)
        _ = play.accepted()
        #expect(play.connectFailed("refused") == [.act(.cancelTimer(.connect))])
        #expect(play.took(.server) == "")
        let did = play.established(.client)
        #expect(did.last == .act(.close))
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] imapscope: cannot reach"))
    }

    @Test func `explains that channel binding fails through it, once`() {
        var play = Self.offered()
        let list = "* CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256\r\n"
        _ = play.server(list + list)
        #expect(play.took(.server).contains("AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-256 STARTTLS"))
        #expect(play.recorder.findings.map(\.id) == ["channel-binding-offered"])
        #expect(play.recorder.findings.first?.text.contains("--cert and --key") == true)
    }

    @Test func `says when the server asks for a TLS that the upstream leg has not`() {
        var play = Playbook(ProxyOptions(client: .tls))
        _ = play.established(.client)
        _ = play.server("* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n")
        #expect(play.recorder.findings.map(\.id) == ["upstream-needs-tls"])
        #expect(play.took(.server) == "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n")
    }
}

extension Did {
    var isSwallowed: Bool {
        if case .replace(_, _, with: "") = self { true } else { false }
    }
}
