import AuditChecks
import IMAPSession
import Testing

@Suite struct CapabilitiesTests {
    static func offering(_ words: String) -> String { "S: * OK [CAPABILITY IMAP4rev1 \(words)] hello\n" }
    static let login = "C: 1 LOGIN jack My_P@ssword1\nS: 1 OK in\n"
    static let plain = "C: 1 AUTHENTICATE PLAIN AGphY2sATXlfUEBzc3dvcmQx\nS: 1 OK in\n"
    static let cram =
        "C: 1 AUTHENTICATE CRAM-MD5\nS: + PDFAeD4=\nC: amFjayA3ODZhYmJmOWQ0ZDM4ZTI3MGM4OTViODIzMThjMjIyMw==\nS: 1 NO no\n"

    static let cases: [AuditCase] = [
        AuditCase("C01", offering("AUTH=PLAIN"), offering("STARTTLS LOGINDISABLED")),
        AuditCase("C01", offering("STARTTLS"), "tls: 1.3\n" + offering("AUTH=PLAIN")),
        AuditCase("C02", offering("LOGINDISABLED") + login, offering("STARTTLS") + login),
        AuditCase(
            "C03",
            offering("LOGINDISABLED") + login,
            offering("LOGINDISABLED") + "C: 1 LOGIN jack x\nS: 1 NO [PRIVACYREQUIRED] TLS first"
        ),
        AuditCase("C04", offering("AUTH=CRAM-MD5") + login, offering("STARTTLS") + login),
        AuditCase("C05", offering("AUTH=PLAIN AUTH=SCRAM-SHA-256") + plain, offering("AUTH=PLAIN AUTH=GSSAPI") + plain),
        AuditCase("C05", offering("AUTH=CRAM-MD5") + login, offering("AUTH=PLAIN AUTH=SCRAM-SHA-256-PLUS") + plain),
        AuditCase("C06", offering("AUTH=CRAM-MD5") + plain, offering("AUTH=PLAIN") + plain),
        AuditCase("C07", offering("AUTH=PLAIN") + plain, offering("SASL-IR AUTH=PLAIN") + plain),
        AuditCase(
            "C08",
            offering("AUTH=PLAIN AUTH=CRAM-MD5") + cram + plain.replacing("1 ", with: "2 "),
            offering("AUTH=PLAIN") + "C: 1 AUTHENTICATE PLAIN AGphY2sAeA==\nS: 1 NO no\n"
                + plain.replacing("1 ", with: "2 ")
        ),
        AuditCase(
            "C09",
            offering("AUTH=PLAIN STARTTLS") + "C: 1 CAPABILITY\nS: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nS: 1 OK",
            offering("AUTH=PLAIN STARTTLS") + login + "C: 2 CAPABILITY\nS: * CAPABILITY IMAP4rev1 IDLE\nS: 2 OK"
        ),
        AuditCase("C10", offering("AUTH=CRAM-MD5 AUTH=NTLM"), offering("AUTH=CRAM-MD5 AUTH=PLAIN")),
        AuditCase("C11", offering("AUTH=ANONYMOUS"), offering("AUTH=PLAIN")),
        AuditCase(
            "C11",
            offering("") + "C: 1 AUTHENTICATE ANONYMOUS c2lyaGM=\nS: 1 OK in",
            offering("") + "C: 1 AUTHENTICATE ANONYMOUS c2lyaGM=\nS: 1 NO no"
        ),
        AuditCase(
            "C12",
            offering("") + "C: 1 LOGIN {4+}\nC: jack x\nS: 1 OK in",
            offering("LITERAL+") + "C: 1 LOGIN {4+}\nC: jack x\nS: 1 OK in"
        ),
        AuditCase(
            "C13",
            offering("COMPRESS=DEFLATE") + login + "C: 2 COMPRESS DEFLATE\nS: 2 OK begins",
            offering("COMPRESS=DEFLATE") + login + "C: 2 COMPRESS DEFLATE\nS: 2 NO not now"
        ),
        AuditCase(
            "C14",
            "S: * OK [CAPABILITY IMAP4rev1] Dovecot 2.3.19 ready.",
            "S: * OK [CAPABILITY IMAP4rev1] ready."
        ),
        AuditCase(
            "C14",
            "S: * OK hello\nC: 1 ID NIL\nS: * ID (\"name\" \"Dovecot\")\nS: 1 OK",
            "S: * OK hello\nC: 1 ID NIL\nS: * ID NIL\nS: 1 OK\n" + login.replacing("1 ", with: "2 ")
                + "C: 3 ID NIL\nS: * ID (\"name\" \"Dovecot\")\nS: 3 OK"
        ),
        AuditCase(
            "C15",
            offering("") + login + "C: 2 SELECT \"Entw\u{00FC}rfe\"\nS: 2 OK open",
            offering("ENABLE UTF8=ACCEPT") + login
                + "C: 2 ENABLE UTF8=ACCEPT\nS: * ENABLED UTF8=ACCEPT\nS: 2 OK\nC: 3 SELECT \"Entw\u{00FC}rfe\"\nS: 3 OK open"
        ),
        AuditCase(
            "C16",
            offering("") + "C: 1 SELECT INBOX\nS: * 1 EXISTS\nS: 1 OK open",
            offering("") + "C: 1 SELECT INBOX\nS: 1 BAD log in first"
        ),
        AuditCase(
            "C17",
            offering("") + "C: 1 LOGIN jack x\nS: 1 OK [CAPABILITY IMAP4rev1 IDLE] in\nC: 2 NAMESPACE\nS: 2 BAD what",
            offering("") + "C: 1 LOGIN jack x\nS: 1 OK [CAPABILITY IMAP4rev2] in\nC: 2 NAMESPACE\nS: 2 OK"
        ),
    ]

    @Test(arguments: cases)
    func `each check finds its weakness, and only that`(_ example: AuditCase) {
        #expect(AuditedTranscript().play(example.guilty).findings(example.check).count >= 1)
        #expect(AuditedTranscript().play(example.innocent).findings(example.check).isEmpty)
    }

    @Test func `a mechanism that needs TLS is no better choice without it`() {
        let offer = Self.offering("AUTH=PLAIN AUTH=SCRAM-SHA-256-PLUS")
        let secure = AuditedTranscript().play("tls: 1.3\n" + offer + Self.plain)
        #expect(secure.findings("C05").count == 1)
    }

    @Test func `a mechanism that the policy does not allow is told`() {
        var policy = AuditPolicy.standard
        policy.allowedMechanisms = ["SCRAM-SHA-256"]
        let lines = Self.offering("AUTH=PLAIN") + Self.plain
        #expect(
            AuditedTranscript(policy: policy).play(lines).findings("C05").map(\.text) == [
                "the policy does not allow PLAIN"
            ]
        )
        policy.allowedMechanisms = ["PLAIN"]
        #expect(AuditedTranscript(policy: policy).play(lines).findings("C05").isEmpty)
    }

    @Test func `what is told of a list names what is gone`() {
        let lines = Self.offering("STARTTLS") + "C: 1 CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: 1 OK"
        let text = AuditedTranscript().play(lines).findings("C09").first?.text
        #expect(text == "this list is the one before without STARTTLS")
    }
}
