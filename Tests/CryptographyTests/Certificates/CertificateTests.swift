import Cryptography
import Foundation
import Testing
import Traffic

@Suite struct CertificateTests {
    @Test func `PEM and DER are the same certificate`() throws {
        let certificate = try Shared.authority.get().certificate
        #expect(try Certificate(parsing: certificate.pem) == certificate)
        #expect(try Certificate(parsing: certificate.der) == certificate)
        let surrounded = Array("subject: x\r\n".utf8) + certificate.pem + Array("\nmore text\n".utf8)
        #expect(try Certificate.chain(parsing: surrounded) == [certificate])
    }

    @Test func `openssl reads the same facts`() throws {
        let folder = try Folder()
        let certificate = try Shared.authority.get().certificate
        let file = try folder.write(certificate.pem, to: "c.pem")
        let facts = try run(
            "openssl",
            "x509",
            "-in",
            file,
            "-noout",
            "-fingerprint",
            "-sha256",
            "-serial",
            "-subject",
            "-nameopt",
            "rfc2253"
        ).output
        #expect(facts.contains("=\(certificate.fingerprintText)\n"))
        #expect(facts.contains("serial=\(Hexadecimal.string(certificate.serial).uppercased())\n"))
        #expect(facts.contains("subject=\(certificate.subject)\n"))
    }

    @Test func `a time without end is the farthest one`() throws {
        let certificate = try HostileCertificate.make(names: [])
        #expect(certificate.notAfter.nanoseconds == .max)
        #expect(certificate.isValid(at: now))
        #expect(certificate.keyType == "ED25519")
    }

    @Test(
        arguments: [
            ("", .empty), (" \r\n\t", .empty), ("garbage", .notACertificate), ("\0\0\0", .notACertificate),
            ("-----BEGIN CERTIFICATE", .notACertificate),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", .privateKey),
        ] as [(String, CertificateProblem)]
    )
    func `what is no certificate is named`(text: String, expected: CertificateProblem) {
        #expect(throws: expected) { try Certificate(parsing: Array(text.utf8)) }
    }

    @Test(arguments: [
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nMIIB\n", "0\u{1}x", "0",
    ])
    func `a damaged certificate is called so`(text: String) throws {
        let problem = try #require(throws: CertificateProblem.self) { try Certificate(parsing: Array(text.utf8)) }
        guard case .damaged(index: 1, let reason) = problem else {
            Issue.record("\(problem)")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func `the second of two blocks is named when it is damaged`() throws {
        let good = try Shared.authority.get().certificate.pem
        let bad = Array("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".utf8)
        let problem = try #require(throws: CertificateProblem.self) { try Certificate.chain(parsing: good + bad) }
        guard case .damaged(index: 2, _) = problem else {
            Issue.record("\(problem)")
            return
        }
    }

    @Test func `no prefix of a certificate is a certificate, and none crashes`() throws {
        let der = HostileCertificate.der(names: [.dns("a.example")])
        for count in 1..<der.count {
            #expect(throws: CertificateProblem.self) { try Certificate(parsing: Array(der[..<count])) }
        }
        #expect(throws: CertificateProblem.self) { try Certificate(parsing: der + [0]) }
    }

    @Test func `no changed octet crashes the reader`() throws {
        let der = HostileCertificate.der(names: [.dns("a.example"), .ip([1, 2, 3, 4])])
        var read = 0
        for index in der.indices {
            for bit in 0..<8 {
                var changed = der
                changed[index] ^= 1 << bit
                if let certificate = try? Certificate(parsing: changed) {
                    read += 1
                    _ = LeafNames(hosts: ["a.example"], copying: certificate)
                    _ = certificate.covers(host: "a.example")
                }
            }
        }
        #expect(read > 0)
    }

    @Test func `a trust store is not a chain`() throws {
        let pem = try Shared.authority.get().certificate.pem
        let many = Array(repeatElement(pem, count: 33).joined())
        #expect(throws: CertificateProblem.tooManyCertificates(actual: 33, limit: 32)) {
            try Certificate.chain(parsing: many)
        }
    }

    @Test func `a PKCS 12 file has the certificate, no key and no password`() throws {
        let folder = try Folder()
        let certificate = try Shared.authority.get().certificate
        let file = try folder.write(certificate.pkcs12(friendlyName: "imapscope CA"), to: "ca.p12")
        let shown = try run("openssl", "pkcs12", "-in", file, "-nodes", "-passin", "pass:")
        #expect(shown.status == 0, "\(shown.output)")
        #expect(shown.output.contains("friendlyName: imapscope CA"))
        #expect(!shown.output.contains("PRIVATE KEY"))
        #expect(try Certificate(parsing: Array(shown.output.utf8)) == certificate)
    }

    @Test(
        arguments: [
            ("", .empty), ("garbage", .notAPrivateKey),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", .certificate),
        ] as [(String, PrivateKeyProblem)]
    )
    func `what is no private key is named`(text: String, expected: PrivateKeyProblem) {
        #expect(throws: expected) { try PrivateKey(pem: Secret(text)) }
    }

    @Test func `a damaged key is called so without showing it`() throws {
        let problem = try #require(throws: PrivateKeyProblem.self) {
            try PrivateKey(pem: Secret("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"))
        }
        guard case .damaged(let reason) = problem else {
            Issue.record("\(problem)")
            return
        }
        #expect(!reason.contains("MIIB"))
    }

    @Test(arguments: [["-aes256"], ["-aes256", "-traditional"]])
    func `an encrypted key is named and nobody is asked for its passphrase`(options: [String]) throws {
        let folder = try Folder()
        let plain = "\(folder.path)/plain.pem"
        let locked = "\(folder.path)/locked.pem"
        #expect(try run("openssl", "genrsa", "-out", plain, "1024").status == 0)
        let tool = options.contains("-traditional") ? "rsa" : "pkey"
        #expect(
            try run("openssl", tool, "-in", plain, "-aes256", "-passout", "pass:1234", "-out", locked).status == 0
        )
        let octets = try Array(Data(contentsOf: URL(filePath: locked)))
        #expect(throws: PrivateKeyProblem.encrypted) { try PrivateKey(pem: Secret(octets)) }
    }

    @Test func `the defects of a server certificate are told`() throws {
        let authority = try Shared.authority.get()
        let key = try PrivateKey.generate(.ecP256)
        let leaf = try #require(try authority.mint(LeafNames(hosts: ["a.example"]), key: key, now: now))
        func defects(_ certificate: Certificate, _ hosts: [String], _ time: Timestamp) -> [ServerCertificateDefect] {
            ServerCertificateDefect.all(of: certificate, hosts: hosts, now: time)
        }
        #expect(defects(leaf, ["a.example"], now) == [])
        #expect(defects(leaf, [], now) == [])
        #expect(defects(leaf, ["b.example"], now) == [.wrongName(host: "b.example")])
        #expect(defects(leaf, [], now.days(198)) == [.expired(notAfter: now.days(197))])
        #expect(defects(leaf, [], now.days(-3)) == [.notYetValid(notBefore: now.days(-2))])
        #expect(defects(authority.certificate, [], now) == [.selfSigned])
    }
}
