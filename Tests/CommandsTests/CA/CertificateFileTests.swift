import Cryptography
import Foundation
import Reporting
import Testing
import Traffic

@testable import Commands

/// 2026-11-23T10:00:00Z
private let now = Timestamp(seconds: 1_795_428_000)
private let day: Int64 = 86_400_000_000_000

/// What a user can give to --cert and --key, right and wrong.
@Suite struct CertificateFileTests {
    private let folder: ScratchFolder
    private let leaf: Certificate

    init() throws {
        let folder = try ScratchFolder()
        let authority = try Self.authority.get()
        let key = try PrivateKey.generate(.ecP256)
        self.leaf = try #require(try authority.mint(LeafNames(hosts: ["imap.example.org"]), key: key, now: now))
        self.folder = folder
        try folder.write(self.leaf.pem + authority.certificate.pem, to: "chain.pem")
        try folder.write(key.pem().withBytes { Array($0) }, to: "key.pem")
        try folder.write(PrivateKey.generate(.ecP256).pem().withBytes { Array($0) }, to: "other-key.pem")
        try folder.write(authority.certificate.pem, to: "self-signed.pem")
        try folder.write(authority.keyPEM().withBytes { Array($0) }, to: "self-signed-key.pem")
        try folder.write([], to: "empty.pem")
        try folder.write(Array("garbage".utf8), to: "garbage.pem")
        try folder.write(Array(self.leaf.pem.dropLast(100)), to: "torn.pem")
        try folder.write(self.leaf.der, to: "leaf.cer")
        mkdir(folder.file("folder"), 0o700)
        try Self.encrypt(folder.file("key.pem"), to: folder.file("encrypted.pem"))
    }

    private static let authority = Result { try CertificateAuthority.create(now: now) }

    private static func encrypt(_ plain: String, to locked: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl", "pkey", "-in", plain, "-aes256", "-passout", "pass:1234", "-out", locked]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test(arguments: ["chain.pem", "leaf.cer"])
    func `a good certificate with its key is an identity`(name: String) throws {
        let identity = try CertificateFile.identity(
            certificate: self.folder.file(name),
            key: self.folder.file("key.pem")
        )
        #expect(identity.certificate == self.leaf)
        #expect(identity.chain.count == (name == "chain.pem" ? 2 : 1))
    }

    @Test(arguments: [
        ("missing.pem", "key.pem", 66, "missing.pem: No such file or directory"),
        ("folder", "key.pem", 66, "folder: Is a directory"),
        ("chain.pem", "missing.pem", 66, "missing.pem: No such file or directory"),
        ("empty.pem", "key.pem", 78, "empty.pem: the file is empty"),
        ("garbage.pem", "key.pem", 78, "garbage.pem: this is no certificate"),
        ("torn.pem", "key.pem", 78, "torn.pem: the certificate is damaged"),
        ("key.pem", "chain.pem", 78, "key.pem: this is a private key"),
        ("chain.pem", "empty.pem", 78, "empty.pem: the file is empty"),
        ("chain.pem", "garbage.pem", 78, "garbage.pem: this is no private key"),
        ("chain.pem", "chain.pem", 78, "chain.pem: this is a certificate"),
        ("chain.pem", "encrypted.pem", 78, "encrypted.pem: the private key is encrypted"),
        ("chain.pem", "other-key.pem", 78, "other-key.pem: the key is not the one of the"),
    ])
    func `a bad file is named with the reason`(
        certificate: String,
        key: String,
        status: Int32,
        text: String
    ) throws {
        let error = try #require(throws: (any Error).self) {
            try CertificateFile.identity(
                certificate: self.folder.file(certificate),
                key: self.folder.file(key)
            )
        }
        let report = try #require(error as? any ReportableError)
        #expect(report.exitCode.rawValue == status)
        #expect(report.summary.contains("\(self.folder.path)/\(text)"), "\(report.summary)")
        #expect(report.advice != nil)
    }

    @Test(arguments: [
        ("chain.pem", "key.pem", 198, "imap.example.org", "the certificate expired on 2027-06-08"),
        ("chain.pem", "key.pem", -3, "imap.example.org", "the certificate is not valid before 2026-11-21"),
        ("chain.pem", "key.pem", 0, "other.example", "the certificate is not for other.example"),
        ("self-signed.pem", "self-signed-key.pem", 0, "imapscope", "the certificate is self-signed"),
    ])
    func `what a peer should refuse has its words`(
        certificate: String,
        key: String,
        days: Int64,
        host: String,
        text: String
    ) throws {
        let identity = try CertificateFile.identity(
            certificate: self.folder.file(certificate),
            key: self.folder.file(key)
        )
        let defects = ServerCertificateDefect.all(
            of: identity.certificate,
            hosts: [host],
            now: now.advanced(byNanoseconds: days * day)
        )
        let defect = try #require(defects.first)
        #expect(CertificateFileError(path: "x.pem", reason: .server(defect)).summary.hasPrefix("x.pem: \(text)"))
    }
}
