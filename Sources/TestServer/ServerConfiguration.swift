public import SASL

/// What a ``TestServer`` offers and whom it knows.
public struct ServerConfiguration: Sendable {
    /// How the server greets (RFC 3501 section 7.1).
    public enum Greeting: Sendable, Hashable {
        case ok(String)
        /// The client is logged in already.
        case preauth(user: String, text: String)
        /// The connection is refused.
        case bye(String)
    }

    /// Where the challenge of CRAM-MD5 comes from.
    public enum ChallengeSource: Sendable {
        /// Always the same, as published examples need it.
        case fixed([UInt8])
        /// Made by ``SASL/CRAMMD5/challenge(hostname:random:time:)``; `random` must be fit for keys.
        case generated(hostname: String, random: @Sendable () -> UInt64)
    }

    /// What a client may use up.
    public struct Limits: Sendable, Hashable {
        /// Octets of one literal.
        public var literal: Int
        /// Octets of the lines of a command, its literals not counted.
        public var line: Int
        public var mailboxes: Int
        public var messages: Int

        public init(literal: Int = 1 << 25, line: Int = 1 << 16, mailboxes: Int = 1000, messages: Int = 100_000) {
            self.literal = literal
            self.line = line
            self.mailboxes = mailboxes
            self.messages = messages
        }
    }

    public var users: PasswordFile
    public var greeting = Greeting.ok("imapscope test server ready")
    /// Whether the greeting holds the capabilities.
    public var greetsWithCapabilities = true
    /// Extensions offered besides IMAP4rev1. A command of one that is not in the list is unknown.
    public var extensions = Self.allExtensions
    /// Mechanisms offered: some of ``allMechanisms``.
    public var mechanisms = Self.allMechanisms
    /// False adds LOGINDISABLED and refuses LOGIN.
    public var allowsLogin = true
    public var challenges: ChallengeSource
    /// One ASCII character between the levels of mailbox names.
    public var separator = "."
    public var misbehaviours: [Misbehaviour] = []
    public var limits = Limits()

    public static let allExtensions = [
        "LITERAL+", "SASL-IR", "ID", "ENABLE", "IDLE", "NAMESPACE", "CHILDREN", "UIDPLUS", "UNSELECT", "MOVE",
        "MULTIAPPEND",
    ]
    public static let allMechanisms: [Mechanism] = [.plain, .login, .cramMD5]

    public init(users: PasswordFile, challenges: ChallengeSource) {
        self.users = users
        self.challenges = challenges
    }

    func offers(_ name: String) -> Bool { self.extensions.contains(name) }

    /// The capability list; mechanisms are of no use once the client is logged in.
    func capabilities(isAuthenticated: Bool) -> String {
        var names = ["IMAP4rev1"] + self.extensions
        if !isAuthenticated {
            names += self.mechanisms.map { "AUTH=\($0.name)" }
            if !self.allowsLogin { names.append("LOGINDISABLED") }
        }
        return names.joined(separator: " ")
    }
}
