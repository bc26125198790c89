/// Why a store cannot be read or written.
public enum StoreError: Error, Sendable, Hashable {
    /// The file is none of imapscope's.
    case notAStore(path: String)
    /// Both are numbers of the schema.
    case newer(path: String, found: Int, known: Int)
    /// Secrets stand in it unmasked, and nobody asked to see them.
    case holdsSecrets(path: String)
    /// What it holds is masked, and what would be added is not, or the other way round.
    case mixesSecrets(path: String, holdsSecrets: Bool)
    case isLink(path: String)
    /// Another process records to it.
    case inUse(path: String)
    case cannotOpen(path: String, reason: String)
    /// What was read before it stands.
    case damaged(path: String, reason: String)
    case cannotWrite(path: String, reason: String)
    /// There is no session of this number.
    case noSession(path: String, number: Int64)
}
