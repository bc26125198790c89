/// One thing that a message of a mechanism says, such as a realm, a nonce or an iteration count: free of secrets,
/// escaped, and of bounded length.
public struct SASLField: Sendable, Hashable {
    /// The name that the mechanism's specification has for it: `iteration-count`, `realm`.
    public var name: String
    public var value: String

    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    static let longestValue = 1024
}
