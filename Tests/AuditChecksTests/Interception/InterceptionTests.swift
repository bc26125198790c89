import AuditChecks
import IMAPSession
import Testing
import Traffic

@Suite struct InterceptionTests {
    /// Numbers of the checks that events tell something of, those that they adopt first.
    private func checks(_ events: [SessionEvent], isProxied: Bool = true) -> [String] {
        let engine = AuditEngine(policy: .standard)
        let description = SessionDescription(
            connection: ConnectionID(1),
            client: Endpoint(host: "192.0.2.1", port: 40_000),
            server: Endpoint(host: "imap.example.org", port: 143),
            clientLeg: "TLS",
            upstreamLeg: isProxied ? "TLS" : "",
            time: .zero
        )
        let review = engine.review(of: description)
        var found: [Finding] = []
        for event in [.began(description)] + events + [self.end] {
            var event = event
            let more = review.review(&event).map(\.finding)
            if case .finding(let finding, _) = event { found.append(finding) }
            found += more
        }
        return found.compactMap(\.check)
    }

    private var end: SessionEvent {
        .ended(
            SessionSummary(
                connection: ConnectionID(1),
                began: .zero,
                ended: .zero,
                user: nil,
                state: .logout,
                clientOctets: 0,
                serverOctets: 0,
                clientMessages: 0,
                serverMessages: 0,
                exchanges: 0,
                findings: 0
            )
        )
    }

    private func finding(_ id: String) -> SessionEvent {
        .finding(
            Finding(
                id: id,
                severity: .medium,
                blame: .configuration,
                direction: .server,
                offset: 0,
                text: "as the session tells it",
                reference: "RFC 9051"
            ),
            time: .zero
        )
    }

    @Test(arguments: [
        ("* CAPABILITY IMAP4rev1 STARTTLS\r\n", "* CAPABILITY IMAP4rev1\r\n"), ("", "1 STARTTLS\r\n"), ("x", ""),
    ])
    func `every edit counts`(before: String, after: String) {
        let edit = Edit(direction: .server, offset: 7, cause: "rule", before: before, after: after, time: .zero)
        #expect(self.checks([.edit(edit)]) == ["X01"])
    }

    @Test(arguments: [
        ("client-tls-failed", "X04"), ("client-left-after-handshake", "X04"),
        ("upstream-certificate-not-verified", "X05"), ("tls-not-decrypted", "X06"), ("compressed-gap", "X06"),
    ])
    func `what the proxy and the decoder find has a number`(id: String, check: String) {
        #expect(self.checks([self.finding(id)]) == [check])
    }

    @Test(arguments: ["upstream-tls-failed", "upstream-certificate-changed", "unfinished-connection"])
    func `what is like it and something else has another one`(id: String) {
        let found = self.checks([self.finding(id)])
        #expect(!found.contains { ["X04", "X05", "X06"].contains($0) })
    }

    @Test func `octets that were not read are counted exactly, once`() {
        let lost: [SessionEvent] = [
            .gap(direction: .server, offset: 0, octets: 12, time: .zero),
            .opaque(direction: .client, octets: 30, time: .zero),
            .opaque(direction: .client, octets: 4, time: .zero),
        ]
        #expect(self.checks(lost, isProxied: false) == ["X06"])
        #expect(self.checks([], isProxied: false).isEmpty)
    }

    private static let plus = "S: * OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256-PLUS AUTH=PLAIN] hello\n"
    private static let bothTLS = "tls client: 1.3\ntls upstream: 1.3\n"

    @Test func `channel binding that TLS at imapscope cuts is told`() {
        func play(_ lines: String, isProxied: Bool = true, edit: @escaping (inout TLSFacts) -> Void = { _ in }) -> Int {
            AuditedTranscript().play(lines, isProxied: isProxied, facts: edit).findings("X02").count
        }
        #expect(play(Self.bothTLS + Self.plus) == 1)
        #expect(play(Self.bothTLS + Self.plus.replacing("-PLUS", with: "")) == 0)
        #expect(play("tls: 1.3\n" + Self.plus, isProxied: false) == 0)
        #expect(
            play(Self.bothTLS + Self.plus) { $0.certificate = ExternalChecksTests.certificate("CN=imap.example.org") }
                == 0
        )
        let bound =
            "S: * OK hello\nC: 1 AUTHENTICATE SCRAM-SHA-256-PLUS \(base64("p=tls-exporter,,n=jack,r=fyko+d2lbbFgONRv9qkxdawL"))\n"
            + "S: 1 NO channel bindings do not match"
        #expect(play(Self.bothTLS + bound) == 1)
    }

    @Test func `a proof that rests on the client's TLS ends at imapscope`() {
        func play(_ lines: String, shows: Bool = false, isProxied: Bool = true) -> Int {
            AuditedTranscript()
                .play(lines, isProxied: isProxied) { facts in
                    if shows { facts.clientCertificate = ExternalChecksTests.certificate("CN=jack") }
                }
                .findings("X03").count
        }
        let external = authentication("EXTERNAL", ["", ""], answer: "1 NO no certificate")
        #expect(play("tls client: 1.3\nS: * OK hello", shows: true) == 1)
        #expect(play("tls client: 1.3\nS: * OK hello") == 0)
        #expect(play(Self.bothTLS + external) == 1)
        #expect(play("tls: 1.3\n" + external, isProxied: false) == 0)
        #expect(play(Self.bothTLS + authentication("PLAIN", ["", "\0jack\0x"], answer: "1 NO wrong")) == 0)
        let kerberos = "S: * OK hello\nC: 1 AUTHENTICATE GSSAPI\nS: 1 NO bad channel bindings"
        #expect(play(Self.bothTLS + kerberos) == 1)
        #expect(play("tls upstream: 1.3\n" + kerberos) == 0)
    }
}
