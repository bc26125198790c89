public import FilterLanguage

/// A rule: when it applies, how often, and what it does.
public struct Rule: Sendable {
    public var name: String
    /// Nil: always.
    public var when: Filter?
    public var limit: RuleLimit?
    public var actions: [Action]
    /// The line of the file where it begins, counted from 1.
    public var line: Int

    public enum Action: Sendable {
        /// Overwrites a part with stars.
        case mask(Target)
        /// Overwrites a part with a placeholder that is the same wherever the value comes back.
        case pseudonymise(Target)
        /// Changes what is relayed.
        case wire(WireAction)

        /// Whether it changes what is relayed, not what outputs show.
        public var isOnWire: Bool { if case .wire = self { true } else { false } }
    }

    /// What an action is done to.
    public enum Target: Sendable {
        case parts(Set<Part>)
        /// What a regular expression finds, in the message as it is kept.
        case matches(RegularExpression)
    }

    /// A rule that makes the messages that match wait for a person (`--break FILTER`).
    public static func breaking(at filter: Filter) -> Rule {
        Rule(name: "--break", when: filter, limit: nil, actions: [.wire(WireAction(BreakAction()))], line: 1)
    }

    public init(name: String, when: Filter?, limit: RuleLimit?, actions: [Action], line: Int) {
        self.name = name
        self.when = when
        self.limit = limit
        self.actions = actions
        self.line = line
    }
}

/// How often a rule applies, of the times at which its filter matches. Counted in each session.
public enum RuleLimit: Sendable, Hashable {
    /// Only at the nth match.
    case nth(Int)
    /// At the first n matches.
    case first(Int)
    /// At every nth match.
    case every(Int)
    /// Once in a session.
    case oncePerSession
    /// By chance, the same in every run with the same seed.
    case probability(Double, seed: UInt64)
}

/// Counts the matches of one rule in one session.
struct RuleCounter {
    private var matches = 0
    private var chance: SplitMix64

    init(_ limit: RuleLimit?, session: UInt64) {
        if case .probability(_, let seed)? = limit {
            // Each session draws on its own, so that how sessions run beside each other changes nothing.
            self.chance = SplitMix64(seed: seed ^ (session &* 0x9E37_79B9_7F4A_7C15))
        } else {
            self.chance = SplitMix64(seed: 0)
        }
    }

    /// Whether the rule cannot apply any more in this session.
    func isSpent(_ limit: RuleLimit?) -> Bool {
        switch limit {
        case .nth(let number), .first(let number): self.matches >= number
        case .oncePerSession: self.matches >= 1
        case nil, .every, .probability: false
        }
    }

    /// Takes one more match into account; whether the rule applies to it.
    mutating func applies(_ limit: RuleLimit?) -> Bool {
        self.matches += 1
        switch limit {
        case nil: return true
        case .nth(let number): return self.matches == number
        case .first(let number): return self.matches <= number
        case .every(let number): return self.matches % number == 0
        case .oncePerSession: return self.matches == 1
        case .probability(let probability, _): return self.chance.fraction() < probability
        }
    }
}

/// A small generator of numbers that repeats itself exactly: Steele, Lea and Flood's SplitMix.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { self.state = seed }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// From 0 up to, but not including, 1.
    mutating func fraction() -> Double { Double(self.next() >> 11) / 9_007_199_254_740_992 }
}
