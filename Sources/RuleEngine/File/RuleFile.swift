/// A file of rules, read and checked.
///
/// The format is described in <doc:Rules>.
public struct RuleFile: Sendable {
    /// The version of the format; it grows when something changes its meaning or goes.
    public static let version = 1
    /// A larger file is no rule file.
    public static let sizeLimit = 1 << 20
    static let mostRules = 1_000

    public var path: String
    /// What the rules are for, in a sentence or two.
    public var about: String
    public var rules: [Rule]
    public var examples: [RuleExample]
}

/// A session, and what outputs show of it, or peers get of it, under the rules of its file: the unit test of a rule file.
public struct RuleExample: Sendable, Hashable {
    public var name: String
    /// `C: a NOOP`, `S: a OK`: one line for each message, with `\r\n` for line ends within one.
    public var session: [String]
    /// What outputs get of each message that is looked at, in order; nil when only ``hides`` is.
    public var shows: [String]?
    /// What the peers get of each message, in order; nil when outputs alone are looked at.
    public var relays: [String]?
    /// What must not stand in any output.
    public var hides: [String]
    /// Where it begins in its file, counted from 1.
    public var line: Int
}
