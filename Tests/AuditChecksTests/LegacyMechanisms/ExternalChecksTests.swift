import IMAPSession
import Testing
import Traffic

@Suite struct ExternalChecksTests {
    static func certificate(_ subject: String, names: [String] = []) -> CertificateFacts {
        CertificateFacts(
            subject: subject,
            issuer: "CN=CA",
            names: names,
            notBefore: Timestamp(seconds: 0),
            notAfter: Timestamp(seconds: 4_000_000_000),
            fingerprint: subject
        )
    }

    private func play(_ lines: String, client: CertificateFacts?, isProxied: Bool = false) -> AuditedTranscript {
        AuditedTranscript()
            .play(lines, isProxied: isProxied) { facts in
                facts.certificate = Self.certificate("CN=imap.example.org")
                facts.clientCertificate = client
            }
    }

    private func external(_ identity: String) -> String { "tls: 1.3\n" + authentication("EXTERNAL", ["", identity]) }

    @Test func `EXTERNAL without a certificate is told`() {
        let found = self.play(self.external(""), client: nil).findings("M13")
        #expect(found.map(\.severity) == [.high])
        #expect(AuditedTranscript().play(authentication("EXTERNAL", ["", ""])).findings("M13").count == 1)
        #expect(self.play(self.external(""), client: Self.certificate("CN=jack")).findings("M13").isEmpty)
    }

    @Test func `a handshake that is not decrypted, or resumed, proves nothing`() {
        let unread = AuditedTranscript().play(self.external("")) { $0.isDecrypted = true }
        #expect(unread.findings("M13").isEmpty)
        let resumed = AuditedTranscript()
            .play(self.external("")) {
                $0.certificate = Self.certificate("CN=imap.example.org")
                $0.isResumed = true
            }
        #expect(resumed.findings("M13").isEmpty)
    }

    @Test func `where imapscope ends TLS it is our doing`() {
        let lines = "tls client: 1.3\ntls upstream: 1.3\n" + authentication("EXTERNAL", ["", ""])
        let found = self.play(lines, client: nil, isProxied: true)
        #expect(found.checks.contains("X/M13"))
        #expect(!found.checks.contains("M13"))
    }

    @Test(arguments: ["root", "jack2", "ack@example.org"])
    func `an identity that the certificate does not name is told`(identity: String) {
        let found = self.play(self.external(identity), client: Self.certificate("CN=jack,O=Example"))
        #expect(found.findings("M14").count == 1)
    }

    @Test(arguments: ["jack", "JACK@example.org", "", "jill@example.org"])
    func `one that it names is not`(identity: String) {
        let certificate = Self.certificate("CN=jack,O=Example", names: ["jill@example.org"])
        #expect(self.play(self.external(identity), client: certificate).findings("M14").isEmpty)
    }
}
