/// What is wrong in a policy file, and where.
public struct PolicyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    /// Counted from 1.
    public var line: Int?
    public var column: Int?
    /// One clause without a full stop.
    public var reason: String

    public var description: String {
        var place = self.path
        if let line { place += ":\(line)" }
        if self.line != nil, let column { place += ":\(column)" }
        return "\(place): \(self.reason)"
    }
}
