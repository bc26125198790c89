import GRDB
public import IMAPSession
public import IMAPWire
public import Traffic

/// A store that is read.
public final class StoreReader {
    let path: String
    let database: DatabaseQueue
    /// Whether secrets stand unmasked in it.
    public let holdsSecrets: Bool

    /// Whether a file that begins with `octets` may be a store.
    public static func recognises(_ octets: some Sequence<UInt8>) -> Bool { octets.starts(with: StoreFile.magic) }

    /// - Parameter changes: whether sessions are to be marked or deleted.
    public init(path: String, changes: Bool = false) throws(StoreError) {
        self.path = path
        self.database = try StoreFile.openForReading(path, changes: changes)
        do {
            self.holdsSecrets = try self.database.read { try StoreFile.holdsSecrets($0) }
        } catch {
            throw StoreFile.translated(error, path)
        }
    }

    /// Tells observers what was recorded, in the order in which it was said.
    ///
    /// - Parameters:
    ///   - sessions: numbers of sessions; nil: all.
    ///   - isWanted: asked now and then; false ends it.
    ///   - literalPrefix: how many octets of a literal the texts shall hold; those that were recorded with less hold less.
    ///   - observer: is told what a session said, secrets masked.
    /// - Returns: what could not be read.
    public func play(
        _ sessions: [Int64]? = nil,
        literalPrefix: Int = WireLimits.standard.literalPrefix,
        isWanted: () -> Bool = { true },
        observer: (ConnectionID) -> any SessionObserver
    ) throws(StoreError) -> [StoreDamage] {
        do {
            return try self.database.read { database in
                var playing = StorePlaying(database: database, literalPrefix: literalPrefix)
                try playing.run(sessions, isWanted: isWanted, observer: observer)
                return playing.damages
            }
        } catch {
            throw StoreFile.translated(error, self.path)
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
        do { return try self.database.read(body) } catch { throw StoreFile.translated(error, self.path) }
    }
}

/// A place that could not be read; what stands around it was.
public struct StoreDamage: Sendable, Hashable {
    /// The number of the row in the order of the store.
    public var seq: Int64
    /// 0 where even that is lost.
    public var session: Int64
    public var reason: String
}
