/// A plan for a literal that passes in pieces, and for the line that announces it.
public struct StreamPlan: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
        case keep
        /// Every octet leaves as this one.
        case fill(UInt8)
        /// Only so many octets leave.
        case truncate(UInt64)
        /// These leave instead.
        case replace([UInt8])
    }

    /// Replacements in the line, the announced count among them.
    public var line: WirePlan
    public var content: Content
    public var rule: String

    public init(line: WirePlan, content: Content, rule: String) {
        self.line = line
        self.content = content
        self.rule = rule
    }
}
