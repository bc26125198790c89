import NIOCore
import Testing
import Traffic

@testable import TLSTransport

@Suite struct VerificationTests {
    struct BadCertificate: Sendable {
        var identity: String
        var trust = "ca"
        var text: String
        var alert: String
    }

    static let bad = [
        BadCertificate(identity: "wrong-name", text: "hostname mismatch", alert: "bad_certificate"),
        BadCertificate(identity: "expired", text: "certificate has expired", alert: "certificate_expired"),
        BadCertificate(identity: "self-signed", text: "self-signed certificate", alert: "unknown_ca"),
        BadCertificate(
            identity: "good",
            trust: "other-ca",
            text: "unable to get local issuer certificate",
            alert: "unknown_ca"
        ),
    ]

    @Test(arguments: bad, [TLSVersion.tls12, .tls13])
    func `a bad certificate is refused with its reason`(bad: BadCertificate, version: TLSVersion) throws {
        let made = try Certificates.get()
        let server = try made.server(bad.identity) { $0.common.maximumVersion = version }
        let pair = try Pair(try made.client(trust: bad.trust), server)
        try pair.pump()
        guard case .certificate(let problem, let alert) = pair.client.recorder.failures.first else {
            Issue.record("not refused: \(pair.client.recorder.failures)")
            return
        }
        #expect(problem.text == bad.text)
        #expect(problem.depth == 0)
        #expect(problem.certificate?.fields?.subject.isEmpty == false)
        #expect(alert?.name == bad.alert)
        #expect(pair.client.recorder.established.isEmpty)
        // The server learns from the alert who refused.
        guard case .refusedByPeer(let received, _) = pair.server.recorder.failures.first else {
            Issue.record("the server knows nothing: \(pair.server.recorder.failures)")
            return
        }
        #expect(received.name == bad.alert)
    }

    @Test(arguments: bad)
    func `without verification the problem is a fact`(bad: BadCertificate) throws {
        let made = try Certificates.get()
        let client = try made.client(trust: bad.trust) { $0.verification = .none }
        for resumed in [false, true] {
            let pair = try Pair(client, try made.server(bad.identity))
            try pair.pump()
            let facts = try pair.facts().client
            #expect(facts.certificateProblem?.text == bad.text, "resumed: \(resumed)")
        }
    }

    @Test func `an address is checked against the addresses of the certificate, and no SNI is sent`() throws {
        let made = try Certificates.get()
        let pair = try Pair(try made.client(host: "127.0.0.1"), try made.server())
        try pair.pump()
        #expect(try pair.facts().server.serverName == nil)
        let wrong = try Pair(try made.client(host: "127.0.0.2"), try made.server())
        try wrong.pump()
        guard case .certificate(let problem, _) = wrong.client.recorder.failures.first else {
            Issue.record("not refused")
            return
        }
        #expect(problem.text == "IP address mismatch")
    }

    @Test func `a self-signed certificate in the CA file is trusted`() throws {
        let made = try Certificates.get()
        let pair = try Pair(try made.client(trust: "self-signed"), try made.server("self-signed"))
        try pair.pump()
        #expect(try pair.facts().client.certificateProblem == nil)
    }

    @Test func `a client certificate is taken when it is asked for`() throws {
        let made = try Certificates.get()
        let identity = try made.identity("client")
        let trust = try made.trust()
        let other = try made.trust("other-ca")
        let requesting = try made.server { $0.clientCertificates = .requested(other) }
        let with = try Pair(try made.client { $0.identity = identity }, requesting)
        try with.pump()
        #expect(try with.facts().server.peerCertificates == identity.certificates)
        #expect(try with.facts().server.certificateProblem != nil)
        let without = try Pair(try made.client(), requesting)
        try without.pump()
        #expect(try without.facts().server.peerCertificates.isEmpty)

        let verifying = try made.server { $0.clientCertificates = .verified(trust) }
        for shown in [identity, nil] {
            let pair = try Pair(try made.client { $0.identity = shown }, verifying)
            try pair.pump()
            #expect(try pair.facts().server.peerCertificates == (shown?.certificates ?? []))
            #expect(try pair.facts().server.certificateProblem == nil)
        }
        let distrusting = try made.server { $0.clientCertificates = .verified(other) }
        let distrusted = try Pair(try made.client { $0.identity = identity }, distrusting)
        try distrusted.pump()
        #expect(distrusted.client.recorder.failures.first?.alert?.alert.name == "unknown_ca")

        let requiring = try made.server { $0.clientCertificates = .required(trust) }
        let accepted = try Pair(try made.client { $0.identity = identity }, requiring)
        try accepted.pump()
        #expect(try accepted.facts().server.certificateProblem == nil)
        let refused = try Pair(try made.client(), requiring)
        try refused.pump()
        #expect(refused.client.recorder.failures.first?.alert?.alert.name == "certificate_required")
        #expect(refused.client.recorder.failures.first?.alert?.isFromPeer == true)
    }

    @Test func `files say what is wrong with them`() throws {
        let made = try Certificates.get()
        let good = try made.octets("good.pem")
        let key = Secret(try made.octets("good.key"))
        #expect(throws: TLSFileError.emptyCertificate) { try TLSIdentity(certificatePEM: [], keyPEM: key) }
        #expect(throws: TLSFileError.emptyKey) { try TLSIdentity(certificatePEM: good, keyPEM: Secret("")) }
        #expect(throws: TLSFileError.notACertificate(reason: "no start line")) {
            try TLSIdentity(certificatePEM: Array("garbage".utf8), keyPEM: key)
        }
        #expect(throws: TLSFileError.self) { try TLSIdentity(certificatePEM: good, keyPEM: Secret("garbage")) }
        #expect(throws: TLSFileError.keyDoesNotMatchCertificate) {
            try TLSIdentity(certificatePEM: good, keyPEM: Secret(made.octets("client.key")))
        }
        let encrypted = Secret(try made.octets("encrypted.key"))
        #expect(throws: TLSFileError.encryptedKey) { try TLSIdentity(certificatePEM: good, keyPEM: encrypted) }
        #expect(throws: TLSFileError.wrongPassphrase) {
            try TLSIdentity(certificatePEM: good, keyPEM: encrypted, passphrase: Secret("wrong"))
        }
        let opened = try TLSIdentity(certificatePEM: good, keyPEM: encrypted, passphrase: Secret("open sesame"))
        #expect(opened.certificates.count == 1)
        let damaged = good + Array(String(decoding: good, as: UTF8.self).replacing("MII", with: "!!!").utf8)
        #expect(throws: TLSFileError.self) { try TLSIdentity(certificatePEM: damaged, keyPEM: key) }
        let chain = try TLSIdentity(certificatePEM: good + made.octets("ca.pem"), keyPEM: key)
        #expect(chain.certificates.map { $0.fields?.subject } == ["CN=good", "CN=Test CA,O=imapscope"])
        let der = try TLSIdentity(certificatesDER: chain.certificates.map(\.der), keyDER: Secret(made.keyDER("good")))
        #expect(der.certificates == chain.certificates)
    }

    @Test func `an expired certificate of one's own is a fact`() throws {
        let made = try Certificates.get()
        let expired = try #require(try made.identity("expired").certificates.first?.fields)
        let good = try #require(try made.identity("good").certificates.first?.fields)
        let now = Timestamp(seconds: good.notBefore + 60)
        #expect(good.isValid(at: now))
        #expect(!expired.isValid(at: now))
        #expect(good.key == "EC 256")
    }

    @Test func `settings that OpenSSL refuses are named`() throws {
        let made = try Certificates.get()
        #expect(throws: TLSSettingError.cipherList("NONSENSE")) {
            try made.server { $0.common.cipherList = "NONSENSE" }
        }
        #expect(throws: TLSSettingError.cipherSuites("NONSENSE")) {
            try made.server { $0.common.cipherSuites = "NONSENSE" }
        }
        #expect(throws: TLSSettingError.groups("NONSENSE")) { try made.server { $0.common.groups = "NONSENSE" } }
        #expect(throws: TLSSettingError.versions(minimum: .tls13, maximum: .tls12)) {
            try made.server {
                $0.common.minimumVersion = .tls13
                $0.common.maximumVersion = .tls12
            }
        }
        #expect(throws: TLSSettingError.trust(.emptyCertificate)) {
            try made.client { $0.trust = TLSTrust(files: [[]]) }
        }
    }
}

extension Certificates {
    func keyDER(_ name: String) throws -> [UInt8] {
        try openssl(["pkey", "-in", "\(name).key", "-outform", "DER", "-out", "\(name).der"], in: self.folder)
        return try self.octets("\(name).der")
    }
}
