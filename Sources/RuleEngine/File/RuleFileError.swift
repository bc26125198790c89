/// What is wrong in a rule file, and where.
public struct RuleFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    /// Counted from 1.
    public var line: Int?
    public var column: Int?
    /// One clause without a full stop.
    public var reason: String
    public var suggestion: String?

    public var description: String {
        var place = self.path
        if let line { place += ":\(line)" }
        if self.line != nil, let column { place += ":\(column)" }
        return "\(place): \(self.reason)" + (self.suggestion.map { "; did you mean \($0)?" } ?? "")
    }
}
