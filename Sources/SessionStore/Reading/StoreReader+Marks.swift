import GRDB

// What people add to a store, and take out of it.

extension StoreReader {
    public func addTags(_ tags: [String], to sessions: [Int64]) throws(StoreError) {
        try self.change(sessions) { database, session in
            for tag in tags {
                try database.execute(sql: "INSERT OR IGNORE INTO session_tag VALUES (?, ?)", arguments: [session, tag])
            }
        }
    }

    public func removeTags(_ tags: [String], from sessions: [Int64]) throws(StoreError) {
        try self.change(sessions) { database, session in
            for tag in tags {
                try database.execute(
                    sql: "DELETE FROM session_tag WHERE session = ? AND tag = ?",
                    arguments: [session, tag]
                )
            }
        }
    }

    /// - Parameter comment: nil takes the comment away.
    public func comment(_ comment: String?, on sessions: [Int64]) throws(StoreError) {
        try self.change(sessions) { database, session in
            try database.execute(
                sql: "UPDATE session SET comment = ? WHERE id = ?",
                arguments: [comment, session]
            )
        }
    }

    /// Removes sessions with all that was recorded of them.
    public func delete(_ sessions: [Int64]) throws(StoreError) {
        try self.change(sessions) { database, session in try StoreRemoval.remove([session], database) }
    }

    private func change(_ sessions: [Int64], _ body: (Database, Int64) throws -> Void) throws(StoreError) {
        let path = self.path
        do {
            try self.database.writeWithoutTransaction { database in
                // Freed pages shall not keep what was deleted.
                try database.execute(sql: "PRAGMA secure_delete = ON")
                try database.inTransaction {
                    for session in sessions {
                        let isKnown = try Bool.fetchOne(
                            database,
                            sql: "SELECT EXISTS (SELECT 1 FROM session WHERE id = ?)",
                            arguments: [session]
                        )
                        guard isKnown == true else { throw StoreError.noSession(path: path, number: session) }
                        try body(database, session)
                    }
                    return .commit
                }
            }
        } catch {
            throw StoreFile.translated(error, path, isWriting: true)
        }
    }
}

extension StoreReader {
    /// - Throws: when there is no session of one of the numbers.
    public func check(_ sessions: [Int64]) throws(StoreError) {
        let known = Set(
            try self.read { database in try Int64.fetchAll(database, sql: "SELECT id FROM session") }
        )
        for number in sessions where !known.contains(number) {
            throw .noSession(path: self.path, number: number)
        }
    }
}
