import Foundation
import RuleEngine
import Synchronization
import Testing

@testable import Commands

@Suite struct RuleFilesTests {
    private final class Notices: Sendable {
        private let told = Mutex([RuleFilesNotice]())
        func take(_ notice: RuleFilesNotice) { self.told.withLock { $0.append(notice) } }
        var all: [RuleFilesNotice] { self.told.withLock { $0 } }
    }

    private static func rules(_ names: String...) -> [UInt8] {
        let list = names.map { "{name: \($0), do: [{mask: subjects}]}" }.joined(separator: ", ")
        return Array("version: 1\nrules: [\(list)]\n".utf8)
    }

    private static func files(_ folder: ScratchFolder, _ notices: Notices, _ names: String...) throws -> RuleFiles {
        let sources = try names.map { try RuleSource(setting: $0 == "share-safe" ? $0 : folder.file($0)) }
        return try RuleFiles(sources) { notices.take($0) }
    }

    @Test func `a changed file is read when it has stayed the same between two looks`() throws {
        let folder = try ScratchFolder()
        let notices = Notices()
        try folder.write(Self.rules("one"), to: "r.yaml")
        let files = try Self.files(folder, notices, "share-safe", "r.yaml")
        let before = files.current.ruleSet
        files.reloadIfChanged()
        #expect(notices.all.isEmpty)
        try folder.write(Self.rules("one", "two"), to: "r.yaml")
        files.reloadIfChanged()
        #expect(notices.all.isEmpty, "it may still be written to")
        files.reloadIfChanged()
        #expect(notices.all == [.replaced(rules: 3)])
        #expect(files.current.ruleSet.rules.map(\.name) == ["share-safe", "one", "two"])
        #expect(before.rules.map(\.name) == ["share-safe", "one"], "open sessions keep theirs")
        #expect(files.current.ruleSet.pseudonyms === before.pseudonyms)
        #expect(files.current.ruleSet.tally === before.tally)
        files.reloadIfChanged()
        #expect(notices.all.count == 1)
    }

    @Test func `a broken file changes nothing, is told once with its place, and a mended one is taken`() throws {
        let folder = try ScratchFolder()
        let notices = Notices()
        try folder.write(Self.rules("one"), to: "a.yaml")
        try folder.write(Self.rules("two"), to: "b.yaml")
        let files = try Self.files(folder, notices, "a.yaml", "b.yaml")
        try folder.write(Self.rules("other"), to: "a.yaml")
        try folder.write(
            Array("version: 1\nrules:\n  - name: x\n    wen: status\n    do: [{mask: subjects}]\n".utf8),
            to: "b.yaml"
        )
        for _ in 0..<4 { files.reloadIfChanged() }
        #expect(notices.all.count == 1)
        guard case .kept(let reason)? = notices.all.first else {
            Issue.record("not refused")
            return
        }
        #expect(reason.contains("b.yaml:4:5") && reason.contains("did you mean when"), "\(reason)")
        #expect(files.current.ruleSet.rules.map(\.name) == ["one", "two"], "neither file is taken")
        try folder.write(Self.rules("mended"), to: "b.yaml")
        for _ in 0..<2 { files.reloadIfChanged() }
        #expect(files.current.ruleSet.rules.map(\.name) == ["other", "mended"])
    }

    @Test func `a file that goes keeps its rules until it comes back, exchanged by its name`() throws {
        let folder = try ScratchFolder()
        let notices = Notices()
        try folder.write(Self.rules("one"), to: "r.yaml")
        let files = try Self.files(folder, notices, "r.yaml")
        try FileManager.default.removeItem(atPath: folder.file("r.yaml"))
        for _ in 0..<3 { files.reloadIfChanged() }
        #expect(notices.all.count == 1 && notices.all[0].isProblem)
        #expect(files.current.ruleSet.rules.map(\.name) == ["one"])
        try folder.write(Self.rules("two"), to: "new.yaml")
        try FileManager.default.moveItem(atPath: folder.file("new.yaml"), toPath: folder.file("r.yaml"))
        for _ in 0..<2 { files.reloadIfChanged() }
        #expect(files.current.ruleSet.rules.map(\.name) == ["two"])
    }

    @Test func `who asks for it gets all files read, changed or not`() throws {
        let folder = try ScratchFolder()
        let notices = Notices()
        try folder.write(Self.rules("one"), to: "r.yaml")
        let files = try Self.files(folder, notices, "r.yaml")
        files.reload()
        #expect(notices.all == [.replaced(rules: 1)])
    }
}
