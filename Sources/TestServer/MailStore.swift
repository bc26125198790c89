import Synchronization

/// The mail of all users, shared by the connections of one server.
public final class MailStore: Sendable {
    private struct Content: Sendable {
        var accounts: [String: Account]
    }

    private let content: Mutex<Content>

    /// A user without an account gets an empty INBOX when it logs in.
    public init(accounts: [String: Account] = [:]) {
        self.content = Mutex(Content(accounts: accounts))
    }

    /// Reads or changes the mail of `user`.
    public func withAccount<Result: Sendable>(_ user: String, _ body: (inout Account) -> Result) -> Result {
        self.content.withLock { body(&$0.accounts[user, default: Account()]) }
    }
}
