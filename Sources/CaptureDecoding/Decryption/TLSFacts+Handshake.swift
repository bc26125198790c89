import Cryptography
import IMAPSession
import TLSDecryption
import Traffic

extension IMAPSession.TLSFacts {
    /// What a capture tells of a handshake.
    init(_ facts: TLSHandshakeFacts, isDecrypted: Bool) {
        self.init(
            version: facts.version?.description ?? facts.clientHello?.newestVersion.description ?? "TLS",
            cipher: facts.cipherSuite?.name ?? "no suite chosen",
            group: facts.group?.description,
            applicationProtocol: facts.applicationProtocol,
            serverName: facts.serverName,
            isResumed: facts.isResumed,
            certificate: facts.serverCertificates.certificates.first.map(CertificateFacts.init),
            clientCertificate: facts.clientCertificates.certificates.first.map(CertificateFacts.init),
            verification: .byPeer
        )
        self.isDecrypted = isDecrypted
        self.chain = facts.serverCertificates.certificates.dropFirst().map(CertificateFacts.init)
        if let hello = facts.serverHello {
            self.protections = TLSProtections(
                hasExtendedMasterSecret: facts.hasExtendedMasterSecret,
                hasSecureRenegotiation: facts.hasSecureRenegotiation,
                isDowngraded: facts.isDowngraded,
                isCompressed: hello.compressionMethod != 0,
                acceptsEarlyData: facts.earlyData == .accepted
            )
        }
        self.bindings = ChannelBindingValues(unique: facts.firstFinished, exporter: facts.exporter)
        if let hello = facts.clientHello {
            self.offer = TLSOffer(
                versions: hello.versions.filter { !$0.isGREASE }.map(\.description),
                ciphers: hello.cipherSuites.map(CipherSuite.name).filter { $0 != "GREASE" },
                protocols: hello.applicationProtocols
            )
        }
    }
}

extension CertificateFacts {
    init(_ certificate: Certificate) {
        self.init(
            subject: certificate.subject,
            issuer: certificate.issuer,
            names: certificate.subjectAltNames.map { $0.text },
            notBefore: certificate.notBefore,
            notAfter: certificate.notAfter,
            fingerprint: certificate.fingerprintText
        )
        self.key = certificate.keyType.map { "\($0), \(certificate.keyBits) bits" }
        self.signature = certificate.signatureAlgorithm
        self.endPointHash = Certificate.endPointHash(certificate.der)
    }
}
