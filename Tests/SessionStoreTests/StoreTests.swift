import GRDB
import IMAPSession
import Masking
import SessionStore
import Testing
import Traffic

#if canImport(Glibc)
    import Glibc
#endif

/// A folder that goes with its test.
private final class Folder {
    let path: String

    init() {
        var name = Array("/tmp/imapscope-store-XXXXXX\0".utf8CString.dropLast())
        self.path = name.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    var store: String { self.path + "/x.imapscope" }

    deinit {
        for name in ["x.imapscope", "x.imapscope-wal", "x.imapscope-shm", "x.imapscope-lock", "link"] {
            unlink(self.path + "/" + name)
        }
        rmdir(self.path)
    }
}

private func record(_ path: String, limits: StoreLimits = StoreLimits(), _ body: (StoreSink) -> Void) throws {
    let sink = try StoreSink(path: path, holdsSecrets: false, limits: limits) { error in
        Issue.record("recording failed: \(error)")
    }
    body(sink)
    sink.end()
}

private func replayed(_ path: String, _ sessions: [Int64]? = nil) throws -> [String] {
    let sink = DumpingSink()
    let damages = try StoreReader(path: path).play(sessions) { MaskingStage(connection: $0, sinks: [sink]) }
    #expect(damages.isEmpty)
    return sink.lines
}

@Suite struct StoreTests {
    @Test(arguments: [crammed, literals])
    func `a store tells exactly what was said`(steps: [(Direction, String)]) throws {
        let folder = Folder()
        let live = DumpingSink()
        try record(folder.store) { play(steps, into: [live, $0]) }
        let stored = try replayed(folder.store)
        #expect(stored.count == live.lines.count)
        for (left, right) in zip(live.lines, stored) { #expect(left == right) }
    }

    @Test func `sessions that speak in turns are told in turns`() throws {
        let folder = Folder()
        let live = DumpingSink()
        try record(folder.store) { sink in
            play(crammed, id: 1, into: [live, sink])
            play(literals, id: 2, into: [live, sink])
        }
        #expect(try replayed(folder.store) == live.lines)
        let second = try replayed(folder.store, [2])
        #expect(!second.isEmpty)
        #expect(second.allSatisfy { !$0.contains("#1") })
    }

    @Test func `the same literal stands in the file once`() throws {
        let folder = Folder()
        try record(folder.store) { sink in for id in 1...5 { play(literals, id: UInt64(id), into: [sink]) } }
        let blobs = try DatabaseQueue(path: folder.store).read { database in
            try (
                Int.fetchOne(database, sql: "SELECT count(*) FROM blob"),
                Int.fetchOne(database, sql: "SELECT count(*) FROM literal")
            )
        }
        // 600 and 5000 octets, and 600,000 in three pieces.
        #expect(blobs.0 == 5)
        #expect(blobs.1 == 25)
    }

    @Test func `a second recording goes on with the numbers of the first`() throws {
        let folder = Folder()
        for _ in 1...2 { try record(folder.store) { play(crammed, into: [$0]) } }
        let rows = try StoreReader(path: folder.store).sessions()
        #expect(rows.map(\.number) == [1, 2])
        #expect(rows.map(\.user) == ["tim", "tim"])
        #expect(try replayed(folder.store, [1]).count == replayed(folder.store, [2]).count)
    }

    @Test func `no secret is in the file`() throws {
        let folder = Folder()
        try record(folder.store) { sink in
            play(crammed, into: [sink])
            play(literals, id: 2, into: [sink])
        }
        let file = try #require(fopen(folder.store, "r"))
        defer { fclose(file) }
        var octets = [UInt8](repeating: 0, count: 4 << 20)
        let count = fread(&octets, 1, octets.count, file)
        let text = String(decoding: octets[..<count], as: UTF8.self)
        #expect(text.contains("tim"))
        for secret in ["tanstaaf", "b913a602c7eda7a495b4e6e7334d3890", "dGltIGI5MTNhNjAy"] {
            #expect(!text.contains(secret))
        }
    }

    @Test func `queries find sessions by what was in them`() throws {
        let folder = Folder()
        try record(folder.store) { sink in
            play(crammed, id: 1, into: [sink])
            play(literals, id: 2, into: [sink])
        }
        let reader = try StoreReader(path: folder.store, changes: true)
        func found(_ change: (inout SessionQuery) -> Void) throws -> [Int64] {
            var query = SessionQuery()
            change(&query)
            return try reader.sessions(query).map(\.number)
        }
        #expect(try found { $0.command = "APPEND" } == [2])
        #expect(try found { $0.status = "NO" } == [2])
        #expect(try found { $0.mechanism = "CRAM-MD5" } == [1])
        #expect(try found { $0.user = "tim" } == [1, 2])
        #expect(try found { $0.slowerThan = 1_000_000 } == [1, 2])
        #expect(try found { $0.slowerThan = 1_000_000_000 } == [])
        #expect(try found { $0.since = Timestamp(seconds: 1_700_000_001) } == [])
        try reader.addTags(["slow", "b"], to: [2])
        try reader.removeTags(["b"], from: [2])
        try reader.comment("look", on: [1])
        #expect(try found { $0.tag = "slow" } == [2])
        #expect(try reader.sessions().map(\.comment) == ["look", nil])
        #expect(throws: StoreError.noSession(path: folder.store, number: 7)) { try reader.delete([1, 7]) }
        #expect(try reader.sessions().count == 2)
        try reader.delete([2])
        #expect(try reader.sessions().map(\.number) == [1])
        let left = try DatabaseQueue(path: folder.store).read {
            try Int.fetchOne($0, sql: "SELECT (SELECT count(*) FROM blob) + (SELECT count(*) FROM literal)")
        }
        #expect(left == 0)
    }

    @Test func `the oldest sessions go when the store is too large or too old`() throws {
        let folder = Folder()
        try record(folder.store, limits: StoreLimits(age: 1_000_000_000)) { play(crammed, into: [$0]) }
        #expect(try StoreReader(path: folder.store).sessions().isEmpty)
        try record(folder.store, limits: StoreLimits(size: 400_000)) { sink in
            for id in 1...200 { play(crammed, id: UInt64(id), into: [sink]) }
        }
        let rows = try StoreReader(path: folder.store).sessions()
        #expect(!rows.isEmpty)
        #expect(rows.count < 200)
        #expect(rows.last?.number == 200)
    }

    @Test func `a store of a later version is refused with both versions`() throws {
        let folder = Folder()
        try record(folder.store) { play(crammed, into: [$0]) }
        try DatabaseQueue(path: folder.store).writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 9") }
        let expected = StoreError.newer(path: folder.store, found: 9, known: 1)
        #expect(throws: expected) { try StoreReader(path: folder.store) }
        #expect(throws: expected) { try StoreSink(path: folder.store, holdsSecrets: false) { _ in } }
    }

    @Test func `what is no store is neither read nor overwritten`() throws {
        let folder = Folder()
        try DatabaseQueue(path: folder.store).write { try $0.execute(sql: "CREATE TABLE theirs (a)") }
        #expect(throws: StoreError.notAStore(path: folder.store)) { try StoreReader(path: folder.store) }
        #expect(throws: StoreError.notAStore(path: folder.store)) {
            try StoreSink(path: folder.store, holdsSecrets: false) { _ in }
        }
        symlink(folder.store, folder.path + "/link")
        #expect(throws: StoreError.isLink(path: folder.path + "/link")) {
            try StoreSink(path: folder.path + "/link", holdsSecrets: false) { _ in }
        }
    }

    @Test func `masked and revealed sessions do not stand in one store, and two do not record to one`() throws {
        let folder = Folder()
        try record(folder.store) { sink in
            play(crammed, into: [sink])
            #expect(throws: StoreError.inUse(path: folder.store)) {
                try StoreSink(path: folder.store, holdsSecrets: false) { _ in }
            }
        }
        #expect(throws: StoreError.mixesSecrets(path: folder.store, holdsSecrets: false)) {
            try StoreSink(path: folder.store, holdsSecrets: true) { _ in }
        }
        #expect(try !StoreReader(path: folder.store).holdsSecrets)
    }

    @Test func `a row that cannot be understood is told, and the others are read`() throws {
        let folder = Folder()
        let live = DumpingSink()
        try record(folder.store) { play(crammed, into: [live, $0]) }
        try DatabaseQueue(path: folder.store).write {
            try $0.execute(sql: "UPDATE message SET record = x'FFFFFFFF00' WHERE kind = 'tagged' AND tag = 'a2'")
        }
        let sink = DumpingSink()
        let damages = try StoreReader(path: folder.store).play { MaskingStage(connection: $0, sinks: [sink]) }
        #expect(damages.map(\.session) == [1])
        #expect(sink.lines == live.lines.filter { !$0.contains("a2 OK") })
    }
}
