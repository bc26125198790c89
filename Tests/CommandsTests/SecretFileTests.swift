import Foundation
import Testing
import Traffic

@testable import Commands

@Suite struct SecretFileTests {
    private static func reason(_ path: String) -> SecretFileError.Reason? {
        do throws(SecretFileError) {
            _ = try SecretFile.load(path)
            return nil
        } catch {
            return error.reason
        }
    }

    private static func file(_ content: String, mode: Int, in folder: ScratchFolder) throws -> String {
        try folder.write(Array(content.utf8), to: "secret")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file("secret"))
        return folder.file("secret")
    }

    @Test(arguments: ["hunter2", "hunter2\n", "hunter2\r\n"])
    func `a secret is the only line of its file`(content: String) throws {
        let folder = try ScratchFolder()
        let secret = try SecretFile.load(try Self.file(content, mode: 0o600, in: folder))
        #expect(secret.withBytes { Array($0) } == Array("hunter2".utf8))
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o666, 0o610])
    func `a file that others can get at is refused`(mode: Int) throws {
        let folder = try ScratchFolder()
        #expect(Self.reason(try Self.file("hunter2", mode: mode, in: folder)) == .open(mode: mode))
    }

    @Test func `a file that its owner may only read will do`() throws {
        let folder = try ScratchFolder()
        #expect(Self.reason(try Self.file("hunter2", mode: 0o400, in: folder)) == nil)
    }

    @Test(
        arguments: [
            ("", .empty), ("\n", .empty), ("a\nb\n", .notOneLine), ("a\0b", .notOneLine), ("a\n\n", .notOneLine),
            (String(repeating: "x", count: SecretFile.limit + 1), .tooLarge),
        ] as [(String, SecretFileError.Reason)]
    )
    func `what is no secret is refused`(content: String, reason: SecretFileError.Reason) throws {
        let folder = try ScratchFolder()
        let path = try Self.file(content, mode: 0o600, in: folder)
        #expect(Self.reason(path) == reason)
        let error = SecretFileError(path: path, reason: reason)
        #expect(!error.description.contains("xxxx"))
    }

    @Test func `links, folders, pipes and nothing are refused without waiting`() throws {
        let folder = try ScratchFolder()
        let path = try Self.file("hunter2", mode: 0o600, in: folder)
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: path)
        #expect(Self.reason(folder.file("link")) == .symbolicLink)
        #expect(Self.reason(folder.file(".")) == .notRegular)
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(Self.reason(folder.file("pipe")) == .notRegular)
        #expect(Self.reason(folder.file("missing")) == .unreadable(errno: ENOENT))
    }
}
