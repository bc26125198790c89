/// Whether a proof was made with the password we know.
public enum Verdict: Sendable, Hashable {
    case verified
    case wrong(reason: String)
    case notCheckable(reason: String)

    public var isVerified: Bool { self == .verified }
}

/// What can be said of the proofs of both sides.
public struct Verdicts: Sendable, Hashable {
    /// Whether the client proved to know the password.
    public var client: Verdict
    /// Whether the server did; nil where the mechanism asks no proof of it.
    public var server: Verdict?

    public init(client: Verdict, server: Verdict? = nil) {
        self.client = client
        self.server = server
    }

    /// Neither side can be checked, for the same reason.
    static func notCheckable(_ reason: String, checksServer: Bool = true) -> Verdicts {
        Verdicts(
            client: .notCheckable(reason: reason),
            server: checksServer ? .notCheckable(reason: reason) : nil
        )
    }
}
