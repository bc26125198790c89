/// Whom a LOGIN names, and with which password.
public enum LoginAttempt: Sendable, Hashable {
    /// A user that no server has, with a random password.
    case invented
    /// The user that was given, with a random password.
    case wrongPassword
    /// The user that was given, with its own password.
    case account
}
