public import IMAPWire
import Traffic

/// Reads a message by the grammar of IMAP (RFC 3501, RFC 9051 and their extensions) into a ``SyntaxTree``.
///
/// Recursive descent over ``Tokenizer`` with one token of look-ahead. No production ever fails: where one is not what the
/// grammar asks for, the place and the expected production are noted, the value that stands there is kept as structure in
/// its place, and reading goes on behind it. So nothing of a message is lost, and one bad field does not spoil the rest.
/// Every step takes at least a token, and nothing is looked at twice but the look-ahead: the time is linear.
///
/// One is kept for a whole session: it allocates only when a message is larger than all before it.
public struct SyntaxParser: Sendable {
    /// What the last message said.
    public internal(set) var tree = SyntaxTree()
    public let limits: SyntaxLimits

    let grammar: Grammar
    var context = SyntaxContext()
    var tokenizer: Tokenizer
    /// The token that comes next; `lineEnd` at the end.
    var token = Token(kind: .lineEnd, offset: 0, length: 0)
    /// Where the last token that was taken ended, and its kind.
    var lastEnd = 0
    var lastKind = Token.Kind.lineEnd
    /// Lists, search keys and body parts that are open.
    var depth = 0
    /// The message holds octets above 0x7F.
    var hasEightBit = false
    /// Cleared when no quote up to the line's end can end a string that holds unescaped quotes, so that it is looked for
    /// once.
    var looksForLostQuote = true
    /// The production being read, for deviations in spacing.
    var current = Production.command

    public init(literalPrefix: Int = WireLimits.standard.literalPrefix, limits: SyntaxLimits = .standard) {
        self.limits = limits
        self.tokenizer = Tokenizer(literalPrefix: literalPrefix)
        self.tokenizer.readsSections = false
        self.grammar = Grammar.standard
    }

    /// Reads `text`, which must be what a ``MessageFrame`` describes. The result is in ``tree``.
    public mutating func parse(_ text: RawSpan, as sentence: Sentence, context: SyntaxContext = SyntaxContext()) {
        self.tree.reset()
        self.context = context
        self.depth = 0
        self.looksForLostQuote = true
        self.hasEightBit = text.hasEightBit
        self.start(at: CommandHead.skipPadding(text), text)
        switch sentence {
        case .command: self.command(text)
        case .response: self.response(text)
        case .authenticateResponse: self.authenticateResponse(text)
        case .idleDone: self.idleDone(text)
        }
    }
}

extension RawSpan {
    /// Whether an octet is above 0x7F.
    var hasEightBit: Bool {
        let count = self.byteCount
        var index = 0
        var seen: UInt64 = 0
        while index + 32 <= count {
            seen |= self.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            seen |= self.unsafeLoadUnaligned(fromUncheckedByteOffset: index + 8, as: UInt64.self)
            seen |= self.unsafeLoadUnaligned(fromUncheckedByteOffset: index + 16, as: UInt64.self)
            seen |= self.unsafeLoadUnaligned(fromUncheckedByteOffset: index + 24, as: UInt64.self)
            index += 32
        }
        while index < count {
            seen |= UInt64(self.unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self))
            index += 1
        }
        return seen & 0x8080_8080_8080_8080 != 0
    }
}
