import AuditChecks
import IMAPSession
import SASL
import Testing
import Traffic

@Suite struct SCRAMChecksTests {
    static let proof = base64(Array(0..<20))
    static let signature = "v=" + base64(Array(20..<40))
    static let header = base64("n,,")

    /// An exchange of SCRAM-SHA-1 in which nothing is wrong but what is changed.
    static func scram(
        offer: String = "AUTH=SCRAM-SHA-1",
        mechanism: String = "SCRAM-SHA-1",
        gs2: String = "n,,",
        user: String = "jack",
        client: String = "fyko+d2lbbFgONRv9qkx",
        server: String = "3rfcNHYJY1ZVvWVs7j",
        repeated: String? = nil,
        salt: [UInt8] = Array(1...16),
        iterations: String = "20000",
        binding: String? = nil,
        final: String? = signature,
        answer: String = "1 OK in",
        tls: String = "tls: 1.3\n"
    ) -> String {
        let nonce = repeated ?? client + server
        var lines = tls + "S: * OK [CAPABILITY IMAP4rev1 \(offer)] hello\nC: 1 AUTHENTICATE \(mechanism)\nS: + \n"
        lines += "C: \(base64("\(gs2)n=\(user),r=\(client)"))\n"
        lines += "S: + \(base64("r=\(nonce),s=\(base64(salt)),i=\(iterations)"))\n"
        lines += "C: \(base64("c=\(binding ?? base64(gs2)),r=\(nonce),p=\(proof)"))\n"
        if let final { lines += "S: + \(base64(final))\nC: \n" }
        return lines + "S: \(answer)\n"
    }

    static let plus = "AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-1-PLUS"
    static func bound(_ name: String, tls: String = "tls: 1.3\n") -> String {
        scram(
            offer: plus,
            mechanism: "SCRAM-SHA-1-PLUS",
            gs2: "p=\(name),,",
            binding: base64("p=\(name),,0123456789abcdef"),
            tls: tls
        )
    }

    static let cases: [AuditCase] = [
        AuditCase("SC01", scram(iterations: "1000"), scram(iterations: "4096")),
        AuditCase("SC02", scram(iterations: "4096"), scram(iterations: "15000")),
        AuditCase("SC03", scram(iterations: "2147483647"), scram(iterations: "600000")),
        AuditCase("SC04", scram(salt: [1]), scram()),
        AuditCase("SC04", scram(salt: Array(1...8)), scram()),
        AuditCase("SC05", scram(repeated: "anothernonce"), scram()),
        AuditCase("SC06", scram(server: ""), scram()),
        AuditCase("SC06", scram(server: "abc"), scram()),
        AuditCase("SC07", scram(client: "96279601302634417"), scram()),
        AuditCase("SC07", scram(client: "abcd"), scram()),
        AuditCase("SC08", scram(final: nil), scram()),
        AuditCase("SC08", scram(final: nil), scram(final: nil, answer: "1 NO no")),
        AuditCase("SC10", scram(offer: plus), scram()),
        AuditCase("SC11", scram(offer: plus, gs2: "y,,"), scram(gs2: "y,,")),
        AuditCase(
            "SC12",
            scram(offer: plus, gs2: "y,,"),
            scram(offer: plus, gs2: "y,,", final: "e=server-does-support-channel-binding", answer: "1 NO no")
        ),
        AuditCase("SC13", scram(binding: base64("y,,")), scram()),
        AuditCase("SC15", bound("tls-unique"), bound("tls-unique", tls: "tls: 1.2\n")),
        AuditCase("SC17", bound("tls-server-end-point"), bound("tls-exporter")),
        AuditCase("SC19", scram(client: "fyko+d2lbbFgONRv9qkx,m=x"), scram()),
        AuditCase("SC20", scram(user: "ja=k"), scram(user: "ja=3Dk")),
        AuditCase("SC21", scram(final: "e=invalid-proof", answer: "1 NO no"), scram()),
        AuditCase("SC22", scram(final: "e=unknown-user", answer: "1 NO no"), scram(final: "e=invalid-proof")),
        AuditCase("SC23", scram(), scram(offer: "AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-256")),
        AuditCase("SC24", scram(tls: ""), scram()),
        AuditCase("SC25", bound("tls-exporter", tls: ""), bound("tls-exporter")),
        AuditCase("SC26", scram(iterations: "20000,z=1"), scram()),
    ]

    @Test(arguments: cases)
    func `each check finds its weakness, and only that`(_ example: AuditCase) {
        #expect(AuditedTranscript().play(example.guilty).findings(example.check).count >= 1)
        #expect(AuditedTranscript().play(example.innocent).findings(example.check).isEmpty)
    }

    @Test func `what makes an attack certain is critical`() {
        for (check, lines) in [
            ("SC05", Self.scram(repeated: "anothernonce")), ("SC11", Self.scram(offer: Self.plus, gs2: "y,,")),
            ("SC13", Self.scram(binding: base64("y,,"))),
            ("SC21", Self.scram(final: "e=channel-bindings-dont-match", answer: "1 NO no")),
        ] {
            #expect(AuditedTranscript().play(lines).findings(check).map(\.severity) == [.critical], "\(check)")
        }
    }

    @Test func `a salt of two users is told, one of the same user is not`() {
        let played = AuditedTranscript().play(Self.scram()).play(Self.scram(client: "another+nonce+of+jack"))
        #expect(played.findings("SC04").isEmpty)
        played.play(Self.scram(user: "jill", client: "a+nonce+of+jill++"))
        #expect(played.findings("SC04").map(\.severity) == [.high])
    }

    @Test func `nonces that come again are told`() {
        let client = AuditedTranscript().play(Self.scram()).play(Self.scram(server: "other1234567890"))
        #expect(client.findings("SC07").map(\.severity) == [.high])
        #expect(client.findings("SC06").isEmpty)
        let server = AuditedTranscript().play(Self.scram()).play(Self.scram(client: "another+nonce+of+jack"))
        #expect(server.findings("SC06").map(\.severity) == [.high])
        #expect(server.findings("SC07").isEmpty)
    }

    @Test func `a salt that changes between failures shows that there is no such user`() {
        let failed = { (salt: UInt8, nonce: String) in
            Self.scram(client: nonce, salt: Array(salt..<salt + 16), final: "e=invalid-proof", answer: "1 NO no")
        }
        let stable = AuditedTranscript().play(failed(1, "first+nonce+of+jack")).play(failed(1, "other+nonce+of+jack"))
        #expect(stable.findings("SC22").isEmpty)
        let changing = AuditedTranscript().play(failed(1, "first+nonce+of+jack")).play(failed(9, "other+nonce+of+jack"))
        #expect(changing.findings("SC22").count == 1)
    }

    @Test func `tls-unique without extended master secret is told`() {
        let lines = Self.bound("tls-unique", tls: "tls: 1.2\n")
        let weak = AuditedTranscript().play(lines) { $0.protections = TLSProtections(hasExtendedMasterSecret: false) }
        #expect(weak.findings("SC16").count == 1)
        let strong = AuditedTranscript().play(lines) { $0.protections = TLSProtections() }
        #expect(strong.findings("SC16").isEmpty)
    }

    @Test(arguments: [("sha1WithRSAEncryption", 1), ("ED25519", 1), ("sha256WithRSAEncryption", 0)])
    func `the hash of an end point follows the certificate's signature`(signature: String, count: Int) {
        let played = AuditedTranscript().play(Self.bound("tls-server-end-point")) {
            var certificate = ExternalChecksTests.certificate("CN=imap.example.org")
            certificate.signature = signature
            $0.certificate = certificate
        }
        #expect(played.findings("SC18").count == count)
    }

    @Test func `a binding to another connection is told, and our own doing is ours`() {
        let lines = Self.bound("tls-exporter", tls: "tls client: 1.3\ntls upstream: 1.3\n")
        let value = Array("0123456789abcdef".utf8)
        var options = SessionOptions()
        options.isRelayed = true
        let stranger = AuditedTranscript()
            .play(lines, isProxied: true, options: options) { $0.bindings = ChannelBindingValues(exporter: [1, 2, 3]) }
        #expect(stranger.findings("SC14").map(\.severity) == [.critical])
        let same = AuditedTranscript()
            .play(lines, isProxied: true, options: options) { $0.bindings = ChannelBindingValues(exporter: value) }
        #expect(same.findings("SC14").isEmpty && same.findings("X/SC14").isEmpty)
        var legs = 0
        let ours = AuditedTranscript()
            .play(lines, isProxied: true, options: options) {
                legs += 1
                $0.bindings = ChannelBindingValues(exporter: legs == 1 ? value : [1, 2, 3])
            }
        #expect(ours.findings("X/SC14").map(\.blame) == [.configuration])
        let unknown = AuditedTranscript().play(lines, isProxied: true, options: options)
        #expect(unknown.findings("SC14").isEmpty && unknown.findings("X/SC14").isEmpty)
    }

    @Test func `a wrong signature counts where the password is known to be right`() throws {
        // RFC 5802 section 5, with one octet of the signature changed.
        let exchange = { (signature: String) in
            "tls: 1.3\nS: * OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-1] hello\nC: 1 AUTHENTICATE SCRAM-SHA-1\nS: + \n"
                + "C: \(base64("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL"))\n"
                + "S: + \(base64("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"))\n"
                + "C: \(base64("c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="))\n"
                + "S: + \(base64("v=\(signature)"))\nC: \nS: 1 OK in\n"
        }
        var options = SessionOptions()
        options.passwords = try PasswordFile(parsing: Array("user:pencil\n".utf8))
        let right = AuditedTranscript().play(exchange("rmF9pqV8S7suAoZWja4dJRkFsKQ="), options: options)
        #expect(right.findings("SC09").isEmpty)
        let wrong = AuditedTranscript().play(exchange("rmF9pqV8S7suAoZWja4dJRkFsKA="), options: options)
        #expect(wrong.findings("SC09").map(\.severity) == [.critical])
        options.passwords = try PasswordFile(parsing: Array("user:another\n".utf8))
        let unknown = AuditedTranscript().play(exchange("rmF9pqV8S7suAoZWja4dJRkFsKA="), options: options)
        #expect(unknown.findings("SC09").isEmpty)
    }

    @Test func `legs of different versions are our doing`() {
        let played = AuditedTranscript()
            .play("tls client: 1.2\ntls upstream: 1.3\nS: * OK hello", isProxied: true)
        #expect(played.findings("X/SC27").count == 1)
        let same = AuditedTranscript().play("tls client: 1.3\ntls upstream: 1.3\nS: * OK hello", isProxied: true)
        #expect(same.findings("X/SC27").isEmpty)
    }
}
