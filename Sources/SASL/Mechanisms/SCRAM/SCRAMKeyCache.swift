import Cryptography
import Synchronization
import Traffic

/// Keys that were computed for a password before: a server keeps salt and iteration count of a user, so of all the logins of
/// one user only the first costs thousands of hashes. Passwords and keys stay in ``Secret``.
public final class SCRAMKeyCache: Sendable {
    private struct Place: Hashable {
        var digest: Digest
        var salt: [UInt8]
        var iterations: Int
    }

    private struct Entry {
        var password: Secret
        var keys: SCRAMKeys
    }

    /// Two forms of a password at one place, or users that share a salt.
    private static let mostAtOnePlace = 16
    private static let mostPlaces = 65_536

    private let entries = Mutex<[Place: [Entry]]>([:])

    public init() {}

    func keys(of password: Secret, salt: [UInt8], iterations: Int, using digest: Digest) -> SCRAMKeys? {
        let place = Place(digest: digest, salt: salt, iterations: iterations)
        return self.entries.withLock { $0[place]?.first { $0.password.equals(password) }?.keys }
    }

    func remember(_ keys: SCRAMKeys, of password: Secret) {
        let place = Place(digest: keys.digest, salt: keys.salt, iterations: keys.iterations)
        self.entries.withLock { entries in
            guard entries[place] != nil || entries.count < Self.mostPlaces,
                entries[place, default: []].count < Self.mostAtOnePlace
            else { return }
            entries[place, default: []].append(Entry(password: password, keys: keys))
        }
    }
}

extension SCRAMKeyCache: Hashable {
    public static func == (one: SCRAMKeyCache, other: SCRAMKeyCache) -> Bool { one === other }
    public func hash(into hasher: inout Hasher) { hasher.combine(Swift.ObjectIdentifier(self)) }
}
