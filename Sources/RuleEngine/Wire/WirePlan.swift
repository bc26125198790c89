/// What the rules make of one message on its way: exact ranges of its octets with what replaces them, or nothing of it at
/// all, and what is said beside it.
///
/// A plan is checked when it is made: applied to the message it was made for, it leaves framing and pairing whole, unless
/// it is a fault, which breaks them on purpose.
public struct WirePlan: Sendable, Hashable {
    /// The octets of `range`, counted from the beginning of the message, leave as `octets`.
    public struct Replacement: Sendable, Hashable {
        public var range: Range<Int>
        public var octets: [UInt8]
        /// The name of the rule.
        public var rule: String
        /// What must be masked in `octets`, relative to their beginning.
        public var secrets: [Range<Int>]

        public init(_ range: Range<Int>, _ octets: [UInt8], rule: String, secrets: [Range<Int>] = []) {
            self.range = range
            self.octets = octets
            self.rule = rule
            self.secrets = secrets
        }
    }

    public enum Outcome: Sendable, Hashable {
        /// It is sent, replaced where replacements say so.
        case send
        /// It is not sent. A command without an answer leaves its client waiting: a fault.
        case drop(rule: String)
        /// A command that does not reach the server: the client gets these lines where the server could have said them.
        case answer(WireAnswer, rule: String)
    }

    /// Untagged lines of imapscope's own.
    public struct Injection: Sendable, Hashable {
        public enum Place: Sendable, Hashable {
            /// In front of the message, which is the server's.
            case before
            /// Behind it; behind a command: as soon as the server's stream stands between two messages.
            case after
        }

        public var place: Place
        /// Whole lines with their line ends.
        public var octets: [UInt8]
        public var rule: String

        public init(_ place: Place, _ octets: [UInt8], rule: String) {
            self.place = place
            self.octets = octets
            self.rule = rule
        }
    }

    /// A rule that matched and could not be applied: the original is sent, or the session closed (`--fail closed`).
    public struct Failure: Sendable, Hashable {
        public var rule: String
        /// For people, without octets of the message.
        public var reason: String

        public init(rule: String, reason: String) {
            self.rule = rule
            self.reason = reason
        }
    }

    /// Sorted by their ranges, disjoint.
    public var replacements: [Replacement] = []
    public var outcome: Outcome = .send
    public var injections: [Injection] = []
    /// How the octets leave; nil: at once.
    public var delivery: Delivery?
    /// The rule that wants a person to decide (`--break`); nil: none.
    public var breaksFor: String?
    public var failures: [Failure] = []

    public init() {}

    /// Whether the message leaves as it came, at once, with nothing beside it.
    public var isEmpty: Bool {
        self.replacements.isEmpty && self.outcome == .send && self.injections.isEmpty && self.delivery == nil
            && self.breaksFor == nil
    }
}

/// What a client is told in the server's place.
public struct WireAnswer: Sendable, Hashable {
    /// Whole untagged lines, each with its line end.
    public var untagged: [UInt8]
    /// What follows the tag, without the line end: `NO [NOPERM] …`; nil: no completion comes (a fault).
    public var tagged: String?
    /// Octets in the same write behind the completion; for STARTTLS they stand in front of the handshake.
    public var behind: [UInt8]

    public init(untagged: [UInt8] = [], tagged: String?, behind: [UInt8] = []) {
        self.untagged = untagged
        self.tagged = tagged
        self.behind = behind
    }
}

/// A fault of the way: how the octets of a message leave.
public struct Delivery: Sendable, Hashable {
    public var rule: String
    /// Nanoseconds before the first octet.
    public var delay: Int64 = 0
    /// The most octets of one write; nil: as they come.
    public var slice: Int?
    /// Nanoseconds between two writes.
    public var pause: Int64 = 0
    /// Octets a second; nil: no limit.
    public var rate: Int?
    /// Where the message stops, in octets of what leaves.
    public var stop: Stop?

    public struct Stop: Sendable, Hashable {
        public var after: Int
        public var by: End

        public init(after: Int, by: End) {
            self.after = after
            self.by = by
        }
    }

    public enum End: String, Sendable, Hashable, CaseIterable {
        /// Nothing more comes in this direction, and the connection stays.
        case stall
        /// FIN to the receiver.
        case close
        /// FIN to the receiver; the other direction goes on.
        case halfClose = "half-close"
        case reset
    }

    public init(rule: String) {
        self.rule = rule
    }
}
