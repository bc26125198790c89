import Cryptography
import Foundation
import Reporting
import Testing
import Traffic

@testable import Commands

/// 2026-11-23T10:00:00Z
private let now = Timestamp(seconds: 1_795_428_000)
private let day: Int64 = 86_400_000_000_000

@Suite struct AuthorityFilesTests {
    @Test func `the first use makes an authority for its owner only`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(directory: "\(folder.path)/a/b/imapscope")
        #expect(try files.load(now: now) == nil)
        let made = try files.loadOrCreate(now: now)
        #expect(made.isNew && made.warnings.isEmpty)
        #expect(try folder.mode("a/b/imapscope") == 0o700)
        #expect(try folder.mode("a/b/imapscope/ca-key.pem") == 0o600)
        #expect(
            try folder.names("a/b/imapscope") == ["ca-key.pem", "ca.cer", "ca.p12", "ca.pem"]
        )
        for name in ["ca.pem", "ca.cer", "ca.p12"] {
            let content = try folder.read("a/b/imapscope/\(name)")
            #expect(!String(decoding: content, as: UTF8.self).contains("PRIVATE KEY"))
        }
        #expect(try folder.read("a/b/imapscope/ca.cer") == made.authority.certificate.der)
        #expect(try folder.read("a/b/imapscope/ca.pem") == made.authority.certificate.pem)

        let again = try files.loadOrCreate(now: now)
        #expect(!again.isNew && again.warnings.isEmpty)
        #expect(again.authority.certificate == made.authority.certificate)
    }

    @Test func `those who make one at the same time end with the same one`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(directory: "\(folder.path)/imapscope")
        let results = Mutexed<[AuthorityFiles.Stored]>([])
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
            if let stored = try? files.loadOrCreate(now: now) { results.with { $0.append(stored) } }
        }
        let stored = results.with { $0 }
        #expect(stored.count == 6)
        #expect(stored.count { $0.isNew } == 1)
        #expect(Set(stored.map(\.authority.certificate)).count == 1)
        #expect(try folder.names("imapscope") == ["ca-key.pem", "ca.cer", "ca.p12", "ca.pem"])
    }

    @Test func `missing copies come back from the key file`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(directory: folder.path)
        let made = try files.loadOrCreate(now: now)
        for name in ["ca.pem", "ca.cer", "ca.p12"] { try folder.remove(name) }
        let again = try files.loadOrCreate(now: now)
        #expect(!again.isNew)
        #expect(again.authority.certificate == made.authority.certificate)
        #expect(try folder.names("") == ["ca-key.pem", "ca.cer", "ca.p12", "ca.pem"])
    }

    @Test func `an open key is warned of`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(directory: folder.path)
        _ = try files.loadOrCreate(now: now)
        chmod(files.keyPath, 0o640)
        chmod(folder.path, 0o770)
        let warnings = try files.loadOrCreate(now: now).warnings
        #expect(warnings.count == 2)
        #expect(warnings.first?.contains("chmod 600 \(files.keyPath)") == true)
    }

    @Test func `a dangling symbolic link is not followed`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(directory: "\(folder.path)/imapscope")
        mkdir(files.directory, 0o700)
        symlink("\(folder.path)/elsewhere", files.keyPath)
        #expect(throws: (any Error).self) { try files.loadOrCreate(now: now) }
        #expect(try folder.names("") == ["imapscope"])
        #expect(try folder.names("imapscope") == ["ca-key.pem"])
    }

    @Test(arguments: [
        ("ca-key.pem", "", 78, "the file is empty"), ("ca-key.pem", "garbage", 78, "this is no private key"),
        (
            "ca-key.pem", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", 78,
            "private key is"
        ),
        ("ca.pem", "", 78, "the file is empty"), ("ca.pem", "garbage", 78, "this is no certificate"),
        ("ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", 78, "damaged"),
        ("ca.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", 78, "private key, not"),
    ])
    func `a bad file is named with the reason`(name: String, content: String, status: Int32, reason: String) throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(directory: folder.path)
        _ = try files.loadOrCreate(now: now)
        try folder.write(Array(content.utf8), to: name)
        let error = try #require(throws: CertificateFileError.self) { try files.loadOrCreate(now: now) }
        #expect(error.exitCode.rawValue == status)
        #expect(error.summary.hasPrefix("\(folder.path)/\(name): "))
        #expect(error.summary.contains(reason), "\(error.summary)")
        #expect(error.advice != nil)
    }

    @Test func `a certificate of another key, without key, or out of time is refused`() throws {
        let folder = try ScratchFolder()
        let files = AuthorityFiles(directory: folder.path)
        let made = try files.loadOrCreate(now: now)
        let other = try CertificateAuthority.create(now: now)

        #expect(try self.refusal(files, at: 3649).contains("expired on 2036-11-18"))
        #expect(try self.refusal(files, at: -3).contains("not valid before 2026-11-21"))
        try folder.write(other.certificate.pem, to: "ca.pem")
        #expect(try self.refusal(files).contains("not the one of the certificate in \(folder.path)/ca.pem"))
        try folder.write(made.authority.certificate.pem, to: "ca.pem")
        try folder.remove("ca-key.pem")
        let missing = try #require(throws: CertificateFileError.self) { try files.loadOrCreate(now: now) }
        #expect(missing.exitCode == .noInput)
        #expect(missing.summary == "\(folder.path)/ca-key.pem: the private key of \(folder.path)/ca.pem is missing")
    }

    private func refusal(_ files: AuthorityFiles, at days: Int64 = 0) throws -> String {
        let error = try #require(throws: CertificateFileError.self) {
            try files.loadOrCreate(now: now.advanced(byNanoseconds: days * day))
        }
        #expect(error.exitCode == .configuration)
        return error.summary
    }

    @Test(
        arguments: [
            (["XDG_DATA_HOME": "/x", "HOME": "/h"], "/x/imapscope"), (["HOME": "/h"], "/h/.local/share/imapscope"),
            (["XDG_DATA_HOME": "relative", "HOME": "/h"], "/h/.local/share/imapscope"), ([:], nil), (["HOME": ""], nil),
        ] as [([String: String], String?)]
    )
    func `the folder is where XDG says`(environment: [String: String], expected: String?) {
        let path = try? DataDirectory.path { environment[$0] }
        #expect(path == expected)
    }
}
