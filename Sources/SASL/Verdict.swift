/// Whether a proof was made with the password we know.
public enum Verdict: Sendable, Hashable {
    case verified
    case wrong(reason: String)
    case notCheckable(reason: String)

    public var isVerified: Bool { self == .verified }
}
