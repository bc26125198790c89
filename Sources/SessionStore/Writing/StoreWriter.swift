import Cryptography
import Dispatch
import GRDB
import IMAPProtocol
import IMAPSession
import SASL
import Synchronization
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Puts batches into the tables, on a queue of its own.
///
/// Unchecked: what is not constant is touched on the queue only.
final class StoreWriter: @unchecked Sendable {
    private let path: String
    private let database: DatabaseQueue
    private let limits: StoreLimits
    private let failed: @Sendable (StoreError) -> Void
    private let queue = DispatchQueue(label: "imapscope.store", qos: .utility)
    /// Batches that wait: so many, then whoever brings another one waits.
    private let room = DispatchSemaphore(value: 8)
    private let failure = Mutex<StoreError?>(nil)
    private let lock: Int32
    let lastSeq: Int64
    let lastSession: Int64
    /// The blobs of literals whose message has not come.
    private var blobs: [LiteralKey: [Int64]] = [:]
    private var sinceRemoval = 0

    init(
        path: String,
        holdsSecrets: Bool,
        limits: StoreLimits,
        failed: @escaping @Sendable (StoreError) -> Void
    ) throws(StoreError) {
        self.path = path
        self.limits = limits
        self.failed = failed
        self.database = try StoreFile.openForWriting(path, holdsSecrets: holdsSecrets)
        self.lock = try StoreFile.claim(path)
        do {
            (self.lastSeq, self.lastSession) = try self.database.read { database in
                let seq = try Int64.fetchOne(
                    database,
                    sql:
                        "SELECT max(coalesce((SELECT max(seq + count) FROM (SELECT seq, count FROM message ORDER BY seq DESC LIMIT 1)), 0),"
                        + " coalesce((SELECT max(seq) FROM event), 0))"
                )
                let session = try Int64.fetchOne(database, sql: "SELECT coalesce(max(id), 0) FROM session")
                return (seq ?? 0, session ?? 0)
            }
        } catch {
            throw StoreFile.translated(error, path)
        }
    }

    deinit { StoreFile.giveUp(self.lock, self.path) }

    var hasFailed: Bool { self.failure.withLock { $0 != nil } }

    /// Waits while too much waits already.
    func take(_ batch: StoreBatch) {
        guard !batch.isEmpty else { return }
        self.room.wait()
        self.queue.async {
            self.write(batch)
            self.room.signal()
        }
    }

    /// Waits for what was taken; the file is one afterwards, without a journal beside it.
    func finish() {
        self.queue.sync {
            guard !self.hasFailed else { return }
            do {
                try self.database.writeWithoutTransaction { database in
                    try self.removeOldest(database)
                    try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
                    try database.execute(sql: "PRAGMA journal_mode = DELETE")
                }
                try self.database.close()
            } catch {
                self.fail(error)
            }
        }
    }

    private func fail(_ error: any Error) {
        let error = StoreFile.translated(error, self.path, isWriting: true)
        let isFirst = self.failure.withLock { failure in
            defer { failure = failure ?? error }
            return failure == nil
        }
        if isFirst { self.failed(error) }
    }

    private func write(_ batch: StoreBatch) {
        guard !self.hasFailed else { return }
        do {
            try self.database.writeWithoutTransaction { database in
                try database.inTransaction {
                    try self.insert(batch, database)
                    return .commit
                }
                self.sinceRemoval += batch.entries.count
                guard !self.limits.isNone, self.sinceRemoval >= 2000 else { return }
                self.sinceRemoval = 0
                try self.removeOldest(database)
            }
        } catch {
            self.fail(error)
        }
    }

    private func removeOldest(_ database: Database) throws {
        guard !self.limits.isNone else { return }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        try StoreRemoval.apply(self.limits, now: Timestamp(seconds: Int64(time.tv_sec)), database)
    }

    // MARK: - Rows

    private func insert(_ batch: StoreBatch, _ database: Database) throws {
        var (text, record) = (0, 0)
        for entry in batch.entries {
            switch entry.item {
            case .began(let description): try self.insert(description, entry.session, database)
            case .ended(let summary): try self.update(summary, entry.session, database)
            case .message(let row):
                try self.insert(
                    row,
                    Array(batch.texts[text..<(text + row.text)]),
                    Array(batch.records.octets[record..<(record + row.record)]),
                    entry.session,
                    database
                )
                text += row.text
                record += row.record
            case .event(let row):
                let octets = Array(batch.records.octets[record..<(record + row.record)])
                record += row.record
                try self.run(database, Self.insertEvent, [row.seq, entry.session, row.kind, octets.blob])
            case .piece(let key, let octets):
                self.blobs[key, default: []].append(try self.blob(octets, database))
            case .exchange(let exchange): try self.insert(exchange, entry.session, database)
            case .authentication(let outcome): try self.insert(outcome, entry.session, database)
            case .finding(let finding, let message, let time):
                try self.insert(finding, message, time, entry.session, database)
            case .edit(let edit):
                try self.run(
                    database,
                    Self.insertEdit,
                    [
                        entry.session, edit.time.microseconds, edit.direction.rawName, Int64(clamping: edit.offset),
                        edit.cause, edit.before, edit.after,
                    ]
                )
            }
        }
    }

    private func run(_ database: Database, _ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
        let statement = try database.cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        try statement.execute()
    }

    private func insert(_ description: SessionDescription, _ session: Int64, _ database: Database) throws {
        try self.run(
            database,
            Self.insertSession,
            [
                session, description.time.microseconds, description.client.description,
                description.server.description, description.listener?.description, description.clientLeg,
                description.upstreamLeg,
            ]
        )
    }

    private func update(_ summary: SessionSummary, _ session: Int64, _ database: Database) throws {
        self.blobs = self.blobs.filter { $0.key.session != session }
        try self.run(
            database,
            Self.endSession,
            [
                summary.ended.microseconds, summary.user, summary.state.rawValue,
                Int64(clamping: summary.clientOctets), Int64(clamping: summary.serverOctets),
                summary.clientMessages + summary.serverMessages, summary.exchanges, summary.findings, session,
            ]
        )
    }

    private func insert(
        _ row: MessageRow,
        _ text: [UInt8],
        _ record: [UInt8],
        _ session: Int64,
        _ database: Database
    ) throws {
        try self.run(
            database,
            Self.insertMessage,
            [
                row.seq, session, row.time.microseconds, row.direction.rawName, row.kind, row.tag, row.name,
                row.exchange == 0 ? nil : row.exchange, Int64(clamping: row.offset), Int64(clamping: row.length),
                row.count, text.blob, record.blob,
            ]
        )
        for literal in row.literals {
            for (index, blob) in (self.blobs.removeValue(forKey: literal.key) ?? []).enumerated() {
                try self.run(database, Self.insertLiteral, [row.seq, literal.place, index, session, blob])
            }
        }
    }

    /// The same octets stand in the store once.
    private func blob(_ octets: [UInt8], _ database: Database) throws -> Int64 {
        let hash = try Digest.sha256.hash(octets).blob
        let known = try database.cachedStatement(sql: "SELECT id FROM blob WHERE sha256 = ?")
        if let id = try Int64.fetchOne(known, arguments: [hash]) { return id }
        try self.run(database, "INSERT INTO blob (sha256, octets) VALUES (?, ?)", [hash, octets.blob])
        return database.lastInsertedRowID
    }

    private func insert(_ exchange: Exchange, _ session: Int64, _ database: Database) throws {
        try self.run(
            database,
            Self.insertExchange,
            [
                session, exchange.number, exchange.tag, exchange.name, exchange.status?.name,
                exchange.began.microseconds, exchange.sent.microseconds, exchange.latency.map { $0 / 1000 },
                Int64(clamping: exchange.clientOctets), Int64(clamping: exchange.serverOctets), exchange.untagged,
            ]
        )
    }

    private func insert(_ outcome: AuthenticationOutcome, _ session: Int64, _ database: Database) throws {
        let verified: String? =
            switch outcome.verdict {
            case .verified: "verified"
            case .wrong: "wrong"
            case .notCheckable: "not checkable"
            case nil: nil
            }
        try self.run(
            database,
            Self.insertAuthentication,
            [
                session, outcome.exchange, outcome.time.microseconds, outcome.mechanism, outcome.user,
                outcome.authorizationIdentity, outcome.status?.name, verified,
            ]
        )
        // Known long before the session ends, and a recording may be cut.
        if outcome.status == .ok, let user = outcome.user {
            try self.run(database, "UPDATE session SET user = ? WHERE id = ?", [user, session])
        }
    }

    private func insert(
        _ finding: Finding,
        _ message: Int64?,
        _ time: Timestamp,
        _ session: Int64,
        _ database: Database
    ) throws {
        try self.run(
            database,
            Self.insertFinding,
            [
                session, message, time.microseconds, finding.id, finding.severity.name, finding.blame.rawValue,
                finding.direction.rawName, Int64(clamping: finding.offset), finding.leg?.rawValue, finding.check,
                finding.text, finding.reference,
            ]
        )
    }

    private static let insertSession = """
        INSERT INTO session (id, began, client, server, listener, client_leg, upstream_leg) VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    private static let endSession = """
        UPDATE session SET ended = ?, user = coalesce(?, user), state = ?, client_octets = ?, server_octets = ?,
        messages = ?, exchanges = ?, findings = ? WHERE id = ?
        """
    private static let insertMessage = "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    private static let insertEvent = "INSERT INTO event VALUES (?, ?, ?, ?)"
    private static let insertLiteral = "INSERT INTO literal VALUES (?, ?, ?, ?, ?)"
    private static let insertExchange = "INSERT OR REPLACE INTO exchange VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    private static let insertAuthentication = "INSERT INTO authentication VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    private static let insertFinding = "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    private static let insertEdit = "INSERT INTO edit VALUES (?, ?, ?, ?, ?, ?, ?)"
}
