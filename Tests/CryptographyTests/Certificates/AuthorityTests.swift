import Cryptography
import Foundation
import Testing
import Traffic

@Suite struct AuthorityTests {
    @Test func `an authority lasts ten years from two days ago`() throws {
        let authority = try Shared.authority.get().certificate
        #expect(authority.notBefore == now.days(-2))
        #expect(authority.notAfter == now.days(3648))
        #expect(authority.isCA && authority.maySignCertificates && authority.isSelfSigned)
        #expect(authority.keyType == "RSA" && authority.keyBits == 2048)
        #expect(authority.signatureAlgorithm == "RSA-SHA256")
    }

    @Test func `two authorities have nothing in common`() throws {
        let first = try Shared.authority.get().certificate
        let second = try CertificateAuthority.create(now: now).certificate
        #expect(first.subject != second.subject)
        #expect(first.serial != second.serial)
        #expect(first.fingerprint != second.fingerprint)
        #expect(first.subject.wholeMatch(of: #/CN=imapscope CA [0-9a-f]{8},O=imapscope/#) != nil)
    }

    @Test func `a stored authority comes back and its key does not show itself`() throws {
        let made = try Shared.authority.get()
        let key = try PrivateKey(pem: made.keyPEM())
        let again = try CertificateAuthority(
            certificate: Certificate(parsing: made.certificate.pem),
            key: key,
            now: now
        )
        #expect(again.certificate == made.certificate)
        #expect("\(key)" == "PrivateKey(RSA, ‹masked›)")
        #expect(String(reflecting: try made.keyPEM()) == "‹masked›")
    }

    @Test func `what cannot be an authority is refused`() throws {
        let made = try Shared.authority.get()
        let key = try PrivateKey(pem: made.keyPEM())
        let stranger = try PrivateKey.generate(.ecP256)
        #expect(throws: CertificateAuthority.Defect.keyMismatch) {
            try CertificateAuthority(certificate: made.certificate, key: stranger, now: now)
        }
        let leaf = try #require(try made.mint(LeafNames(hosts: ["a.example"]), key: stranger, now: now))
        #expect(throws: CertificateAuthority.Defect.notAnAuthority) {
            try CertificateAuthority(certificate: leaf, key: stranger, now: now)
        }
        #expect(throws: CertificateAuthority.Defect.expired(notAfter: now.days(3648))) {
            try CertificateAuthority(certificate: made.certificate, key: key, now: now.days(3649))
        }
        #expect(throws: CertificateAuthority.Defect.notYetValid(notBefore: now.days(-2))) {
            try CertificateAuthority(certificate: made.certificate, key: key, now: now.days(-3))
        }
    }

    @Test(arguments: PrivateKey.Kind.allCases)
    func `openssl verifies a minted chain strictly`(kind: PrivateKey.Kind) throws {
        let folder = try Folder()
        let authority = try Shared.authority.get()
        let key = try PrivateKey.generate(kind)
        let names = LeafNames(hosts: ["imap.example.org", "127.0.0.1", "::1"])
        let leaf = try #require(try authority.mint(names, key: key, now: now))
        #expect(key.matches(leaf))
        let ca = try folder.write(authority.certificate.pem, to: "ca.pem")
        let file = try folder.write(leaf.pem, to: "leaf.pem")
        let time = String(now.nanoseconds / 1_000_000_000)
        for flags in [["-verify_hostname", "imap.example.org"], ["-verify_ip", "127.0.0.1"], ["-verify_ip", "::1"]] {
            let result = try run(
                "openssl",
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                "-attime",
                time,
                "-CAfile",
                ca,
                flags[0],
                flags[1],
                file
            )
            #expect(result.status == 0, "\(result.output)")
        }
        let stranger = try run(
            "openssl",
            "verify",
            "-x509_strict",
            "-attime",
            time,
            "-CAfile",
            ca,
            "-verify_hostname",
            "other.example",
            file
        )
        #expect(stranger.status != 0)
    }

    @Test func `a leaf is for servers, for 199 days, two of them gone`() throws {
        let identity = try #require(try Shared.issuer.get().identity(for: ["imap.example.org"], now: now))
        let leaf = identity.certificate
        #expect(leaf.notBefore == now.days(-2))
        #expect(leaf.notAfter == now.days(197))
        #expect(!leaf.isCA && !leaf.isSelfSigned)
        #expect(leaf.commonName == "imap.example.org")
        #expect(leaf.issuer == (try Shared.authority.get().certificate.subject))
        #expect(leaf.serial.count == 16)
        let folder = try Folder()
        let text = try run("openssl", "x509", "-noout", "-text", "-in", folder.write(leaf.pem, to: "leaf.pem")).output
        for part in [
            "CA:FALSE", "Digital Signature, Key Encipherment", "TLS Web Server Authentication",
            "DNS:imap.example.org", "Authority Key Identifier", "Subject Key Identifier", "Version: 3",
        ] { #expect(text.contains(part), "\(part) in \(text)") }
    }

    @Test func `a leaf does not outlive its authority`() throws {
        let authority = try Shared.authority.get()
        let later = now.days(3600)
        let leaf = try #require(
            try authority.mint(LeafNames(hosts: ["a.example"]), key: PrivateKey.generate(.ecP256), now: later)
        )
        #expect(leaf.notAfter == authority.certificate.notAfter)
    }

    @Test func `the chain in PEM and the key are what OpenSSL loads`() throws {
        let issuer = try Shared.issuer.get()
        let identity = try #require(try issuer.identity(for: ["imap.example.org"], now: now))
        let chain = try Certificate.chain(parsing: identity.chainPEM)
        #expect(chain == [identity.certificate, issuer.authority.certificate])
        #expect(try PrivateKey(pem: identity.keyPEM).matches(identity.certificate))
    }

    @Test func `one leaf is minted per set of names, and anew before it ends`() throws {
        let issuer = try LeafIssuer(authority: Shared.authority.get(), leafKey: .ecP256)
        let first = try #require(try issuer.identity(for: ["a.example"], now: now))
        let again = try #require(try issuer.identity(for: ["A.example."], now: now.days(100)))
        let other = try #require(try issuer.identity(for: ["b.example"], now: now))
        let late = try #require(try issuer.identity(for: ["a.example"], now: now.days(197)))
        #expect(first.certificate == again.certificate)
        #expect(first.certificate != other.certificate)
        #expect(late.certificate.notAfter == now.days(197 + 197))
        #expect(issuer.cachedCount == 2)
        let hasNone = try issuer.identity(for: ["not a name"], now: now) == nil
        #expect(hasNone)
    }

    @Test func `the cache of identities has a limit`() throws {
        let issuer = try LeafIssuer(authority: Shared.authority.get(), leafKey: .ecP256)
        for number in 0..<520 { _ = try issuer.identity(for: ["h\(number).example"], now: now) }
        #expect(issuer.cachedCount == 512)
    }
}

@Suite struct MintingCostTests {
    /// A client waits for this in its first handshake. Processor time, the best of five: other load does not count.
    @Test(arguments: PrivateKey.Kind.allCases)
    func `minting takes less than two milliseconds`(kind: PrivateKey.Kind) throws {
        let authority = try Shared.authority.get()
        let key = try PrivateKey.generate(kind)
        let names = LeafNames(hosts: (0..<20).map { "h\($0).example.org" })
        var best = Double.infinity
        for _ in 0..<5 {
            let begin = self.processorTime()
            for _ in 0..<20 { _ = try authority.mint(names, key: key, now: now) }
            best = min(best, (self.processorTime() - begin) / 20)
        }
        #expect(best < 0.002, "\(best * 1000) ms")
    }

    private func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
