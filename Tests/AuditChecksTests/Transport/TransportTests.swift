import AuditChecks
import IMAPSession
import Testing
import Traffic

@Suite struct TransportTests {
    static let session = "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hello\nC: 1 LOGOUT\nS: * BYE\nS: 1 OK"

    private func checks(_ version: String = "1.2", _ edit: (inout TLSFacts) -> Void) -> [String] {
        AuditedTranscript().play("tls: \(version)\n" + Self.session, facts: edit).checks
    }

    @Test func `mail in the clear`() {
        let fetch = "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in\nC: 2 FETCH 1 FLAGS\nS: * 1 FETCH (FLAGS ())\nS: 2 OK"
        #expect(AuditedTranscript().play(fetch).findings("T02").count == 1)
        #expect(AuditedTranscript().play("tls: 1.3\n" + fetch).findings("T02").isEmpty)
    }

    @Test func `a list in the clear without STARTTLS`() {
        #expect(AuditedTranscript().play("S: * OK [CAPABILITY IMAP4rev1] hello").findings("T03").count == 1)
        #expect(AuditedTranscript().play(Self.session).findings("T03").isEmpty)
    }

    @Test func `versions are judged by the policy`() {
        #expect(self.checks("1.1") { _ in }.contains("T04"))
        #expect(!self.checks("1.2") { _ in }.contains("T04"))
        let strict = AuditedTranscript(policy: .strict).play("tls: 1.2\n" + Self.session)
        #expect(strict.findings("T04").first?.severity == .medium)
    }

    @Test(arguments: [
        ("T05", TLSProtections(isDowngraded: true)), ("T07", TLSProtections(hasExtendedMasterSecret: false)),
        ("T08", TLSProtections(hasSecureRenegotiation: false)), ("T09", TLSProtections(isCompressed: true)),
        ("T14", TLSProtections(acceptsEarlyData: true)),
    ])
    func `what a handshake left unprotected is told`(check: String, protections: TLSProtections) {
        #expect(self.checks { $0.protections = protections }.contains(check))
        #expect(!self.checks { $0.protections = TLSProtections() }.contains(check))
        #expect(!self.checks { $0.protections = nil }.contains(check))
    }

    @Test(arguments: [
        ("TLS_RSA_WITH_AES_128_GCM_SHA256", true), ("TLS_ECDHE_RSA_WITH_RC4_128_SHA", true),
        ("TLS_DH_anon_WITH_AES_128_CBC_SHA", true), ("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", false),
    ])
    func `weak suites are told`(suite: String, isWeak: Bool) {
        #expect(self.checks { $0.cipher = suite }.contains("T06") == isWeak)
    }

    @Test(
        arguments: [
            ("imap.example.org", "imap.example.org", 1_900_000_000, nil, false),
            ("imap.example.org", "*.example.org", 1_900_000_000, nil, false),
            ("imap.example.org", "mail.example.org", 1_900_000_000, nil, true),
            ("imap.example.org", "imap.example.org", 1_700_000_000, nil, true),
            ("imap.example.org", "imap.example.org", 1_900_000_000, "sha1WithRSAEncryption", true),
        ] as [(String, String, Int64, String?, Bool)]
    )
    func `certificates are held against name, time and signature`(
        name: String,
        pattern: String,
        end: Int64,
        signature: String?,
        isBad: Bool
    ) {
        let found = self.checks {
            $0.serverName = name
            $0.certificate = CertificateFacts(
                subject: "CN=x",
                issuer: "CN=y",
                names: [pattern],
                notBefore: Timestamp(seconds: 1_600_000_000),
                notAfter: Timestamp(seconds: end)
            )
            $0.certificate?.signature = signature
        }
        #expect(found.contains("T10") == isBad)
    }

    @Test func `a login in the clear behind a handshake that the client refused`() {
        let login = "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in"
        let played = AuditedTranscript().play("tls fails", isProxied: true).play(login, isProxied: true)
        #expect(played.findings("T11").count == 1)
        let other = AuditedTranscript().play("tls fails", isProxied: true)
            .play(login, isProxied: true, client: "198.51.100.7")
        #expect(other.findings("T11").isEmpty)
    }

    @Test func `a handshake without server name, or for another protocol`() {
        #expect(self.checks { $0.serverName = nil }.contains("T12"))
        #expect(
            self.checks {
                $0.serverName = "imap.example.org"
                $0.applicationProtocol = "http/1.1"
            }.contains("T12")
        )
        #expect(
            !self.checks {
                $0.serverName = "imap.example.org"
                $0.applicationProtocol = "imap"
            }.contains("T12")
        )
    }

    @Test func `STARTTLS under TLS`() {
        let guilty = "tls: 1.3\nS: * OK hello\nC: 1 STARTTLS\nS: 1 OK go on"
        #expect(AuditedTranscript().play(guilty, port: 993).findings("T15").count == 1)
        let innocent = "tls: 1.3\nS: * OK hello\nC: 1 STARTTLS\nS: 1 BAD already"
        #expect(AuditedTranscript().play(innocent, port: 993).findings("T15").isEmpty)
    }

    @Test(arguments: [("T16", "tls-truncated"), ("T17", "proxy-header"), ("P06", "append-literal-count")])
    func `what the session finds has its number`(check: String, finding: String) {
        #expect(AuditedTranscript().play("S: * OK hello\nfinding: \(finding)").findings(check).map(\.id) == [finding])
        #expect(AuditedTranscript().play("S: * OK hello\nfinding: another").findings(check).isEmpty)
    }

    @Test func `port 143 beside an open port 993 of the same server`() {
        let played = AuditedTranscript().play(Self.session)
        #expect(played.findings("T18").isEmpty)
        played.play("tls: 1.3\n" + Self.session, port: 993).play(Self.session)
        #expect(played.findings("T18").count == 1)
    }

    @Test func `four lines of another protocol that are answered`() {
        let lines = (1...4).map { "C: GET /\($0)\nS: GET BAD what" }.joined(separator: "\n")
        #expect(AuditedTranscript().play("S: * OK hello\n" + lines).findings("T13").count == 1)
        let other = (1...4).map { "C: a\($0) SELECT\nS: a\($0) BAD what" }.joined(separator: "\n")
        #expect(AuditedTranscript().play("S: * OK hello\n" + other).findings("T13").isEmpty)
    }
}
