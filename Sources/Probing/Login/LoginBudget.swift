/// How many logins of one run may fail. Asked by the code that sends them, so that no test can go beyond it.
public struct LoginBudget: Sendable, Hashable {
    /// Servers lock accounts, and ban addresses, after a few more.
    public static let limit = 3

    /// Logins that failed, or whose outcome is not known.
    public private(set) var failed = 0

    public init() {}

    /// Counts a login as failed before it is sent; false: it must not be sent.
    mutating func take() -> Bool {
        guard self.failed < Self.limit else { return false }
        self.failed += 1
        return true
    }

    /// The server answered it with OK.
    mutating func giveBack() {
        self.failed -= 1
    }
}
