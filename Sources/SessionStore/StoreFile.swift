import GRDB

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The file of a store: opening, checks of what it is, and who may write.
enum StoreFile {
    /// Whether a file that begins with `octets` is an SQLite file.
    static let magic = Array("SQLite format 3\0".utf8)

    /// Opens a store for writing, and makes one where there is none. Nobody else may read it, and no link is followed.
    static func openForWriting(_ path: String, holdsSecrets: Bool) throws(StoreError) -> DatabaseQueue {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o600)
        guard descriptor >= 0 else {
            throw errno == ELOOP ? .isLink(path: path) : .cannotOpen(path: path, reason: self.text(errno))
        }
        // Closing any descriptor of the file drops SQLite's own locks (fcntl(2)), so it goes before SQLite comes.
        var status = stat()
        fstat(descriptor, &status)
        close(descriptor)
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .cannotOpen(path: path, reason: "it is no regular file")
        }
        do {
            var configuration = Configuration()
            configuration.journalMode = .wal
            configuration.busyMode = .timeout(5)
            configuration.prepareDatabase { database in
                // Nothing that was committed is lost with the process; the end of a power failure may be.
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
            }
            if status.st_size == 0 { try self.makeEmpty(path) }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction { database in
                try self.check(database, path)
                try database.inTransaction {
                    try StoreSchema.migrate(database, from: try self.version(database))
                    try self.settleSecrets(database, path, holdsSecrets)
                    return .commit
                }
            }
            return queue
        } catch {
            throw self.translated(error, path)
        }
    }

    /// Claims the right to add to a store: sessions of two processes would get the same numbers.
    ///
    /// The claim stands on a file beside the store: closing a descriptor of the store itself would drop SQLite's locks
    /// (fcntl(2)).
    static func claim(_ path: String) throws(StoreError) -> Int32 {
        let descriptor = open(path + "-lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o600)
        guard descriptor >= 0 else { throw .cannotOpen(path: path + "-lock", reason: self.text(errno)) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .inUse(path: path)
        }
        return descriptor
    }

    static func giveUp(_ descriptor: Int32, _ path: String) {
        unlink(path + "-lock")
        close(descriptor)
    }

    /// - Parameter changes: whether marks may be written.
    static func openForReading(_ path: String, changes: Bool = false) throws(StoreError) -> DatabaseQueue {
        do {
            var configuration = Configuration()
            configuration.readonly = !changes
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { try self.check($0, path) }
            return queue
        } catch {
            throw self.translated(error, path)
        }
    }

    /// What must be said before the first table is made: freed pages can be given back.
    private static func makeEmpty(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
            try database.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
        }
        try queue.close()
    }

    static func version(_ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }

    private static func check(_ database: Database, _ path: String) throws {
        let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        guard id == StoreSchema.applicationID else { throw StoreError.notAStore(path: path) }
        let version = try self.version(database)
        guard version <= StoreSchema.version else {
            throw StoreError.newer(path: path, found: version, known: StoreSchema.version)
        }
    }

    /// Whether secrets stand unmasked in it.
    static func holdsSecrets(_ database: Database) throws -> Bool {
        try String.fetchOne(database, sql: "SELECT value FROM setting WHERE name = 'secrets'") == "revealed"
    }

    private static func settleSecrets(_ database: Database, _ path: String, _ holdsSecrets: Bool) throws {
        let isNew = try Int.fetchOne(database, sql: "SELECT count(*) FROM setting WHERE name = 'secrets'") == 0
        if isNew {
            try database.execute(
                sql: "INSERT INTO setting VALUES ('secrets', ?)",
                arguments: [holdsSecrets ? "revealed" : "masked"]
            )
        } else if try self.holdsSecrets(database) != holdsSecrets {
            throw StoreError.mixesSecrets(path: path, holdsSecrets: !holdsSecrets)
        }
    }

    static func text(_ number: Int32) -> String { String(cString: strerror(number)) }

    static func translated(_ error: any Error, _ path: String, isWriting: Bool = false) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? DatabaseError else {
            return .cannotOpen(path: path, reason: "\(error)")
        }
        let reason = error.message ?? error.resultCode.description
        return switch error.resultCode {
        case .SQLITE_NOTADB: .notAStore(path: path)
        case .SQLITE_CORRUPT: .damaged(path: path, reason: reason)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .inUse(path: path)
        default: isWriting ? .cannotWrite(path: path, reason: reason) : .cannotOpen(path: path, reason: reason)
        }
    }
}
