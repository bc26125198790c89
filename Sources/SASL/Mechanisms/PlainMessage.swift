public import Traffic

/// The one message of PLAIN, RFC 4616 section 2: `[authzid] NUL authcid NUL passwd`.
public struct PlainMessage: Sendable {
    public var authorizationIdentity: [UInt8]
    public var user: [UInt8]
    public var password: Secret

    public enum Problem: Error, Sendable, Hashable {
        /// The message has this many fields instead of three.
        case fieldCount(Int)
        /// NUL separates fields and cannot stand within one.
        case containsNUL
    }

    public init(authorizationIdentity: String = "", user: String, password: Secret) throws(Problem) {
        self.authorizationIdentity = Array(authorizationIdentity.utf8)
        self.user = Array(user.utf8)
        self.password = password
        let passwordHasNUL = password.withBytes { $0.contains(0) }
        guard !passwordHasNUL, !self.user.contains(0), !self.authorizationIdentity.contains(0) else {
            throw .containsNUL
        }
    }

    public init(parsing message: [UInt8]) throws(Problem) {
        let fields = message.split(separator: 0, omittingEmptySubsequences: false)
        guard fields.count == 3 else { throw .fieldCount(fields.count) }
        self.authorizationIdentity = Array(fields[0])
        self.user = Array(fields[1])
        self.password = Secret(fields[2])
    }

    /// The message before base64.
    ///
    /// It holds the password: wipe it after use.
    public func encoded() -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(self.authorizationIdentity.count + self.user.count + self.password.count + 2)
        message.append(contentsOf: self.authorizationIdentity)
        message.append(0)
        message.append(contentsOf: self.user)
        message.append(0)
        self.password.withBytes { message.append(contentsOf: $0) }
        return message
    }
}
