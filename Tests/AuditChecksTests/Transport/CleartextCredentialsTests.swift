import IMAPSession
import Testing

@Suite struct CleartextCredentialsTests {
    @Test(arguments: [
        "C: 1 LOGIN jack My_P@ssword1\nS: 1 OK in",
        "C: 1 AUTHENTICATE PLAIN AGphY2sATXlfUEBzc3dvcmQx\nS: 1 OK in",
    ])
    func `a password in the clear is told once`(lines: String) {
        let played = AuditedTranscript().play("S: * OK hello\n" + lines)
        #expect(played.findings("T01").count == 1)
        #expect(played.findings("T01").first?.severity == .critical)
        #expect(played.findings("T01").first?.blame == .client)
    }

    @Test(arguments: [
        "tls: 1.3\nS: * OK hello\nC: 1 LOGIN jack My_P@ssword1\nS: 1 OK in",
        "S: * OK hello\nC: 1 AUTHENTICATE CRAM-MD5\nS: + PDFAeD4=\nC: amFjayA3ODZhYmJmOWQ0ZDM4ZTI3MGM4OTViODIzMThjMjIyMw==\nS: 1 OK in",
    ])
    func `a password under TLS, or a proof, is not`(lines: String) {
        #expect(AuditedTranscript().play(lines).findings("T01").isEmpty)
    }

    @Test func `what the configuration of the proxy causes is not the server's`() {
        let played = AuditedTranscript()
            .play("tls upstream: 1.3\nS: * OK hello\nC: 1 LOGIN jack My_P@ssword1\nS: 1 OK in", isProxied: true)
        #expect(played.checks.contains("X/T01"))
        #expect(played.findings("X/T01").first?.blame == .configuration)
        #expect(!played.checks.contains("T01"))
    }
}
