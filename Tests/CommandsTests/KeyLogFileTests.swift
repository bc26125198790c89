import Foundation
import Synchronization
import Testing

@testable import Commands

@Suite struct KeyLogFileTests {
    @Test func `a line that cannot be written is said once`() throws {
        let told = Mutex([String]())
        let log = try KeyLogFile(path: "/dev/full") { text in told.withLock { $0.append(text) } }
        #expect(!log.hasFailed)
        for _ in 0..<3 { log.append("CLIENT_RANDOM 00 00") }
        #expect(log.hasFailed)
        #expect(told.withLock { $0.count } == 1)
        #expect(told.withLock { $0.first ?? "" }.hasPrefix("cannot write to /dev/full: No space left on device"))
    }

    @Test func `lines are appended to what is there, for the owner alone`() throws {
        let folder = try ScratchFolder()
        let path = folder.file("keys")
        try folder.write(Array("old\n".utf8), to: "keys")
        let log = try KeyLogFile(path: path) { _ in }
        log.append("new")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old\nnew\n")
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(!log.hasFailed)
    }
}
