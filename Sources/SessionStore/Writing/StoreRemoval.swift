import GRDB
import Traffic

/// Removes sessions with all that belongs to them.
enum StoreRemoval {
    /// Removes what is older than allowed, then the oldest sessions that are over until the file is small enough.
    static func apply(_ limits: StoreLimits, now: Timestamp, _ database: Database) throws {
        if let age = limits.age {
            let limit = now.advanced(byNanoseconds: -age).microseconds
            let old = try Int64.fetchAll(
                database,
                sql: "SELECT id FROM session WHERE ended < ? ORDER BY began LIMIT 1000",
                arguments: [limit]
            )
            try self.remove(old, database)
        }
        guard let size = limits.size else { return }
        while try self.usedOctets(database) > size {
            // Several at a time, so that a store of small sessions is not walked for each.
            let oldest = try Int64.fetchAll(
                database,
                sql: "SELECT id FROM session WHERE ended IS NOT NULL ORDER BY began LIMIT 16"
            )
            guard !oldest.isEmpty else { return }
            try self.remove(oldest, database)
        }
    }

    static func remove(_ sessions: [Int64], _ database: Database) throws {
        guard !sessions.isEmpty else { return }
        try database.inSavepoint {
            for session in sessions {
                let blobs = try Int64.fetchAll(
                    database,
                    sql: "SELECT DISTINCT blob FROM literal WHERE session = ?",
                    arguments: [session]
                )
                for table in ["message", "event", "exchange", "authentication", "finding", "edit", "literal"] {
                    try database.execute(sql: "DELETE FROM \(table) WHERE session = ?", arguments: [session])
                }
                try database.execute(sql: "DELETE FROM session_tag WHERE session = ?", arguments: [session])
                try database.execute(sql: "DELETE FROM session WHERE id = ?", arguments: [session])
                for blob in blobs {
                    try database.execute(
                        sql: "DELETE FROM blob WHERE id = ? AND NOT EXISTS (SELECT 1 FROM literal WHERE blob = ?)",
                        arguments: [blob, blob]
                    )
                }
            }
            return .commit
        }
        try database.execute(sql: "PRAGMA incremental_vacuum")
    }

    private static func usedOctets(_ database: Database) throws -> UInt64 {
        let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
        let free = try Int64.fetchOne(database, sql: "PRAGMA freelist_count") ?? 0
        let size = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
        return UInt64(max(0, (pages - free) * size))
    }
}
