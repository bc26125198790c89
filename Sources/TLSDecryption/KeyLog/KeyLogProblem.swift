/// A line of a key log that says nothing. It is passed over; the octets of the line are never told, they may be a secret.
public struct KeyLogProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: Error, Sendable, Hashable {
        /// There are so many fields instead of three.
        case fields(Int)
        case label
        /// What the secret is listed under is not hexadecimal, or of another length.
        case key
        case secret
        case secretLength(Int)
        case tooLong(limit: Int)
    }

    public var source: String
    /// From 1.
    public var line: Int
    public var reason: Reason

    public init(source: String, line: Int, reason: Reason) {
        self.source = source
        self.line = line
        self.reason = reason
    }

    public var description: String {
        let text =
            switch self.reason {
            case .fields(let count): "\(count) fields instead of label, client random and secret"
            case .label: "the line begins with no label"
            case .key: "the client random is not 64 hexadecimal digits"
            case .secret: "the secret is not hexadecimal"
            case .secretLength(let count): "a secret of this kind cannot have \(count) octets"
            case .tooLong(let limit): "the line is longer than \(limit) octets"
            }
        return "\(self.source), line \(self.line): \(text)"
    }
}
