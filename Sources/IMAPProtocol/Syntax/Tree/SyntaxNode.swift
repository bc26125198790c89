/// One production that was found in a message, a range of the message's text.
///
/// Twenty-four octets, no reference: a tree is one array of these.
public struct SyntaxNode: Sendable, Hashable {
    /// How the value of a node without children stands on the wire.
    public enum Form: UInt8, Sendable, Hashable {
        /// A node with children, or one whose keyword says everything.
        case inner
        /// An atom, number, flag, date or set; also the text of a status response.
        case atom
        /// The range is between the quotes; escapes are still in it.
        case quoted
        /// The range holds the octets that are kept; ``SyntaxNode/number`` is the announced size.
        case literal
        /// As `literal`, announced by `~{`.
        case literal8
        /// `NIL`, where it means that there is no value.
        case `nil`
    }

    /// What is to be said about a node beside its production.
    public struct Marks: OptionSet, Sendable, Hashable {
        public var rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// It deviates from the grammar in a way that is accepted: ``SyntaxTree/tolerances`` says how.
        public static let tolerated = Marks(rawValue: 1)
        /// Something else was expected here: ``SyntaxTree/problems`` says what.
        public static let unexpected = Marks(rawValue: 2)
        /// A number that does not fit 64 bits; ``SyntaxNode/number`` is the largest one.
        public static let overflow = Marks(rawValue: 4)
        /// A list that was not closed, or a value that the end of the message cut off.
        public static let cut = Marks(rawValue: 8)
    }

    public var production: Production
    public var form: Form
    public var marks: Marks
    var start32: UInt32
    var length32: UInt32
    var end32: UInt32
    /// A number's value, a literal's announced size, how many members a set has; else 0.
    public var number: UInt64

    /// Where it stands in the text. A node with a keyword begins at the keyword; a list at its parenthesis.
    public var range: Range<Int> { Int(self.start32)..<Int(self.start32) + Int(self.length32) }

    /// The index behind the node and all below it.
    public var end: Int { Int(self.end32) }

    public var isNil: Bool { self.form == .nil }
}
