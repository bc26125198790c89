import AuditChecks
import IMAPSession
import Testing

@Suite struct StartTLSTests {
    static let hello = "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hello\n"

    static let cases: [AuditCase] = [
        AuditCase(
            "S02",
            hello + "C: 1 STARTTLS\nS: 1 NO not now\nC: 2 LOGIN jack My_P@ssword1\nS: 2 OK in",
            hello + "C: 1 STARTTLS\nS: 1 NO not now\nC: 2 LOGOUT\nS: * BYE\nS: 2 OK bye"
        ),
        AuditCase(
            "S03",
            hello + "C: 1 STARTTLS\nS: 1 BAD what\nC: 2 AUTHENTICATE PLAIN AGphY2sATXlfUEBzc3dvcmQx\nS: 2 OK in",
            hello + "C: 1 STARTTLS\nS: 1 BAD what\nC: 2 NOOP\nS: 2 OK"
        ),
        AuditCase(
            "S04",
            hello + "C: 1 STARTTLS\nS: + go on\nC: 2 LOGIN jack x\nS: 2 OK in",
            hello + "C: 1 STARTTLS\nS: + go on\nC: 2 LOGOUT\nS: * BYE\nS: 2 OK bye"
        ),
        AuditCase(
            "S05",
            hello + "finding: completion-before-command",
            hello + "C: 1 NOOP\nS: 1 OK"
        ),
        AuditCase("S06", hello + "finding: octets-before-tls", hello + "C: 1 STARTTLS\nS: 1 OK go on"),
        AuditCase("S07", hello + "finding: octets-after-starttls", hello + "C: 1 STARTTLS\nS: 1 OK go on"),
        AuditCase("S08", hello + "finding: handshake-before-ok", hello + "C: 1 STARTTLS\nS: 1 OK go on"),
        AuditCase(
            "S09",
            hello + "C: 1 STARTTLS\nS: 1 OK go on\ntls starttls: 1.3\nC: 2 LOGIN jack x\nS: 2 OK in",
            hello + "C: 1 STARTTLS\nS: 1 OK go on\ntls starttls: 1.3\nC: 2 CAPABILITY\nS: * CAPABILITY IMAP4rev1\n"
                + "S: 2 OK\nC: 3 LOGIN jack x\nS: 3 OK in"
        ),
        AuditCase("S15", "S: 1 OK hello\nC: 1 NOOP\nS: 1 OK", "S: * OK hello\nC: 1 NOOP\nS: 1 OK"),
        AuditCase(
            "S11",
            "S: * PREAUTH hello jack\nC: 1 SELECT INBOX\nS: 1 OK open",
            "tls: 1.3\nS: * PREAUTH hello jack\nC: 1 SELECT INBOX\nS: 1 OK open"
        ),
        AuditCase(
            "S12",
            "S: * OK hello\nC: 1 NOOP\nS: * LIST () \"/\" Evil\nS: 1 OK done",
            "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in\nC: 2 LIST \"\" *\nS: * LIST () \"/\" INBOX\nS: 2 OK done"
        ),
        AuditCase(
            "S13",
            "S: * OK [ALERT] click me\nC: 1 LOGOUT\nS: * BYE\nS: 1 OK",
            "tls: 1.3\nS: * OK [ALERT] disk is nearly full\nC: 1 LOGOUT\nS: * BYE\nS: 1 OK"
        ),
        AuditCase(
            "S14",
            "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 NO [REFERRAL imap://evil.example/] go there",
            "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in\nC: 2 SELECT a\nS: 2 NO [REFERRAL imap://other.example/a] there"
        ),
        AuditCase(
            "S17",
            "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in\nC: 2 STARTTLS\nS: 2 BAD too late",
            "S: * OK hello\nC: 1 STARTTLS\nS: 1 BAD no\nC: 2 LOGIN jack x\nS: 2 OK in"
        ),
        AuditCase(
            "S19",
            "S: * OK [CAPABILITY XYZ AUTH=PLAIN] hello\nC: 1 LOGIN jack x\nS: 1 OK in",
            "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\nC: 1 LOGIN jack x\nS: 1 OK in"
        ),
        AuditCase(
            "S20",
            "S: * OK hello\nC: 1 NOOP\nS: * NAMESPACE ((\"\" \"/\")) NIL NIL\nS: 1 OK",
            "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in\nC: 2 NAMESPACE\nS: * NAMESPACE ((\"\" \"/\")) NIL NIL\nS: 2 OK"
        ),
    ]

    @Test(arguments: cases)
    func `what is wrong about STARTTLS is told, and what is not is not`(tested: AuditCase) {
        #expect(!AuditedTranscript().play(tested.guilty).findings(tested.check).isEmpty)
        #expect(AuditedTranscript().play(tested.innocent).findings(tested.check).isEmpty)
    }

    @Test func `a server that offered STARTTLS before is expected to offer it again`() {
        let stripped = "S: * OK [CAPABILITY IMAP4rev1] hello\nC: 1 LOGIN jack My_P@ssword1\nS: 1 OK in"
        let played = AuditedTranscript().play(stripped)
        #expect(played.findings("S01").isEmpty)
        played.play(Self.hello + "C: 1 LOGOUT\nS: * BYE\nS: 1 OK").play(stripped)
        #expect(played.findings("S01").count == 1)
        played.play(stripped, server: "other.example.org")
        #expect(played.findings("S01").count == 1)
    }

    @Test func `STARTTLS in a list under TLS`() {
        let played = AuditedTranscript().play("tls: 1.3\n" + Self.hello + "C: 1 LOGOUT\nS: * BYE\nS: 1 OK")
        #expect(played.findings("S10").count == 1)
        #expect(AuditedTranscript().play(Self.hello).findings("S10").isEmpty)
    }
}

@Suite struct BaselineTests {
    @Test func `what a server has lost since another session is told`() {
        let played = AuditedTranscript()
            .play("S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=SCRAM-SHA-256] hello")
            .play("S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=SCRAM-SHA-256 IDLE] hello")
        #expect(played.findings("S18").isEmpty)
        played.play("S: * OK [CAPABILITY IMAP4rev1] hello")
        #expect(
            played.findings("S18").map(\.text) == [
                "imap.example.org:143 does not offer AUTH=SCRAM-SHA-256, STARTTLS any more"
            ]
        )
        played.play("S: * OK [CAPABILITY IMAP4rev1] hello", server: "another.example.org")
        #expect(played.findings("S18").count == 1)
    }

    @Test func `under TLS STARTTLS is not missed`() {
        let played = AuditedTranscript().play("S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hello")
            .play("tls: 1.3\nS: * OK [CAPABILITY IMAP4rev1] hello")
        #expect(played.findings("S18").isEmpty)
    }

    @Test func `baselines are written and read again`() {
        let played = AuditedTranscript().play("S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hello")
        let learnt = played.engine.history.baselines
        #expect(learnt.changed == ["imap.example.org:143"])
        var read = CapabilityBaselines()
        let isRead = read.read(learnt.text(of: "imap.example.org:143"), of: "imap.example.org:143")
        #expect(isRead)
        #expect(read.servers == learnt.servers)
        #expect(read.changed.isEmpty)
        let next = AuditedTranscript(history: AuditHistory(baselines: read)).play(
            "S: * OK [CAPABILITY IMAP4rev1] hello"
        )
        #expect(next.findings("S18").count == 1)
        let isNonsenseRead = read.read("nonsense IMAP4rev1", of: "x")
        #expect(!isNonsenseRead)
    }
}
