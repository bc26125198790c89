/// The state of RFC 3501 section 3, and the two that frame it.
public enum SessionState: String, Sendable, Hashable {
    /// Before the greeting.
    case greeting
    case notAuthenticated = "not authenticated"
    case authenticated
    case selected
    case logout
}
