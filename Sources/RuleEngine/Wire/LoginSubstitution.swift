public import Traffic

/// The credentials that a server gets in place of those that its client has.
public struct LoginSubstitution: Sendable {
    /// How imapscope logs in.
    public enum Method: String, Sendable, Hashable, CaseIterable {
        /// The LOGIN command.
        case login
        /// AUTHENTICATE PLAIN (RFC 4616).
        case plain
        /// AUTHENTICATE XOAUTH2, as Google and Microsoft document it.
        case xoauth2
        /// AUTHENTICATE OAUTHBEARER (RFC 7628).
        case oauthbearer
    }

    /// The name of the rule.
    public var rule: String
    public var method: Method
    /// Nil: the name that the client gave.
    public var user: String?
    /// The password or token.
    public var secret: Secret

    public init(rule: String, method: Method, user: String?, secret: Secret) {
        self.rule = rule
        self.method = method
        self.user = user
        self.secret = secret
    }
}
