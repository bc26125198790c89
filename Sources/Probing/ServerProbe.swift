/// One test of a server.
public struct ServerProbe: Sendable {
    /// Stable: scripts know it by this.
    public var id: String
    /// What is tested, for the plan.
    public var title: String
    public var reference: String
    /// What the server's keeper does about a bad verdict.
    public var remedy: String
    /// How many of its logins are meant to fail.
    public var failingLogins: Int
    public var begin: @Sendable (ProbeTarget) -> ProbeStep

    init(
        id: String,
        title: String,
        reference: String,
        remedy: String,
        failingLogins: Int = 0,
        begin: @escaping @Sendable (ProbeTarget) -> ProbeStep
    ) {
        self.id = id
        self.title = title
        self.reference = reference
        self.remedy = remedy
        self.failingLogins = failingLogins
        self.begin = begin
    }

    /// Every test, in the order in which they run. The one that may log in comes first: a wrong password is then counted
    /// before others are spent.
    public static let all: [ServerProbe] = [
        .capabilities, .certificate, .tlsVersions, .weakSuites, .preauthGreeting, .commandInjection, .secondStartTLS,
        .cleartextLogin, .cleartextAuthenticate, .nonSynchronizingLiteral, .overlongLine, .userNames,
    ]
}
