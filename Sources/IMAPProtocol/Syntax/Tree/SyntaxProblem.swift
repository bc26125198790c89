/// Where a message stops to follow the grammar. What comes behind is kept: as structure, or raw.
public struct SyntaxProblem: Sendable, Hashable {
    /// What stands where something else was expected.
    public enum Found: Sendable, Hashable {
        case endOfLine
        case openParenthesis
        case closeParenthesis
        case atom
        case quoted
        case literal
        /// A quoted string that the end of the line cut off.
        case unterminatedQuoted
        /// An octet that begins nothing.
        case octet(UInt8)
        /// Lists nested deeper than this; what is deeper is kept raw.
        case nesting(limit: Int)
    }

    /// Offset in the message's text.
    public var offset: Int
    public var expected: Production
    public var found: Found

    public init(offset: Int, expected: Production, found: Found) {
        self.offset = offset
        self.expected = expected
        self.found = found
    }
}

extension SyntaxProblem.Found {
    /// As part of a sentence: `found the end of the line`.
    public var phrase: String {
        switch self {
        case .endOfLine: "the end of the line"
        case .openParenthesis: "("
        case .closeParenthesis: ")"
        case .atom: "an atom"
        case .quoted: "a quoted string"
        case .literal: "a literal"
        case .unterminatedQuoted: "a quoted string without end"
        case .octet(let octet):
            octet > 0x20 && octet < 0x7F ? String(Unicode.Scalar(octet)) : "octet \(octet)"
        case .nesting(let limit): "lists nested deeper than \(limit)"
        }
    }
}
