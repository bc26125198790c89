/// What is wrong with a filter, and where.
public struct FilterError: Error, Hashable, Sendable, CustomStringConvertible {
    public var expression: String
    /// The characters that are wrong, counted from 1; one past the end when something is missing there.
    public var column: Int
    public var length: Int
    /// One clause without a full stop.
    public var reason: String
    /// What was likely meant.
    public var suggestion: String?

    public var description: String {
        "column \(self.column): \(self.reason)" + (self.suggestion.map { "; did you mean \($0)?" } ?? "")
    }
}
