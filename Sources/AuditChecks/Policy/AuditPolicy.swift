public import IMAPSession

/// What an auditor asks for: which checks count, how much, and where the limits are.
public struct AuditPolicy: Sendable, Hashable {
    public var name: String
    /// Severities that differ from the catalogue's, by the check's number.
    public var severities: [String: Severity] = [:]
    public var disabled: Set<String> = []
    public var suppressions: [Suppression] = []
    /// SCRAM: what is less than the RFC's minimum is always told.
    public var minimumIterations = 15_000
    public var maximumIterations = 10_000_000
    public var minimumTLS = "TLS 1.2"
    /// Nil allows every one.
    public var allowedMechanisms: Set<String>?
    /// The longest life of a token, in seconds.
    public var maximumTokenLife: Int64 = 24 * 3600
    /// What a server's access tokens must be for; empty accepts any.
    public var tokenAudiences: Set<String> = []
    /// How many failures of one user or peer are told as guessing.
    public var failureLimit = 5
    /// How many users one peer may fail for.
    public var sprayLimit = 5
    /// Hosts that clients are known to use; empty knows none.
    public var servers: Set<String> = []
    /// A command slower than this is told, in nanoseconds.
    public var slowCommand: Int64 = 10_000_000_000

    public init(name: String = "default") { self.name = name }

    public static let standard = AuditPolicy()

    public static let strict: AuditPolicy = {
        var policy = AuditPolicy(name: "strict")
        policy.minimumIterations = 600_000
        policy.minimumTLS = "TLS 1.3"
        policy.maximumTokenLife = 3600
        policy.failureLimit = 3
        policy.sprayLimit = 3
        return policy
    }()

    /// Only what specifications ask for.
    public static let rfc: AuditPolicy = {
        var policy = AuditPolicy(name: "rfc")
        policy.minimumIterations = 4096
        policy.failureLimit = .max
        policy.sprayLimit = .max
        policy.slowCommand = .max
        return policy
    }()

    public static let presets = [AuditPolicy.standard, .strict, .rfc]
}

/// Findings that somebody has looked at and accepts.
public struct Suppression: Sendable, Hashable {
    /// The check's number.
    public var check: String
    /// Host, host:port, or nil for every server.
    public var server: String?
    public var reason: String
    /// Seconds since 1970 from which it does not hold any more.
    public var expires: Int64?

    public init(check: String, server: String? = nil, reason: String, expires: Int64? = nil) {
        self.check = check
        self.server = server
        self.reason = reason
        self.expires = expires
    }
}
