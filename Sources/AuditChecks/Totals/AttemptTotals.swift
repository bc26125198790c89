/// Successful and failed logins by user and by peer.
public struct AttemptTotals: Sendable, Hashable {
    public struct Count: Sendable, Hashable {
        public var succeeded = 0
        public var failed = 0
        /// For a peer: different users it tried; at most ``userLimit`` are told apart.
        public var users: Set<String> = []
    }

    public private(set) var byUser: [String: Count] = [:]
    public private(set) var byPeer: [String: Count] = [:]

    static let limit = 4096
    static let userLimit = 64

    mutating func add(_ attempt: AuthenticationAttempt, peer: String) {
        let user = attempt.user ?? ""
        if self.byUser[user] != nil || self.byUser.count < Self.limit {
            self.byUser[user, default: Count()].note(attempt.succeeded)
        }
        if self.byPeer[peer] != nil || self.byPeer.count < Self.limit {
            self.byPeer[peer, default: Count()].note(attempt.succeeded)
            if self.byPeer[peer]?.users.count ?? 0 < Self.userLimit { self.byPeer[peer]?.users.insert(user) }
        }
    }
}

extension AttemptTotals.Count {
    mutating func note(_ succeeded: Bool) {
        if succeeded { self.succeeded += 1 } else { self.failed += 1 }
    }
}
