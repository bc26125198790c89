/// What the framer found.
public enum Frame: Sendable {
    /// A message is complete.
    case message(MessageFrame)
    /// A command line ended in a synchronizing literal: the client's next octets have no meaning until the server
    /// answers. The framer stops here until ``Framer/acceptLiteral()`` or ``Framer/refuseLiteral()``.
    case literalAwaited(LiteralRecord)
    /// Octets of a literal, a range of the chunk. Only when ``Framer/reportsLiteralOctets`` is set.
    case literalOctets(range: Range<Int>, remaining: UInt64)
    /// Octets in a language that is not IMAP's, a range of the chunk.
    case opaque(Range<Int>)
}

/// One message: a command, a response, or a line of a sub-dialogue, with its literals and its line end.
public struct MessageFrame: Sendable {
    /// Where the text is.
    public enum Text: Sendable, Hashable {
        /// In the chunk that is being read.
        case chunk(Range<Int>)
        /// In the framer: ``Framer/assembledText``.
        case assembled
    }

    /// Offset of the first octet in the stream of its direction.
    public var offset: UInt64
    /// Octets of the message in the stream, padding, literals and line end included.
    public var length: UInt64
    /// The lines and, of each literal, the first ``WireLimits/literalPrefix`` octets; line ends included.
    public var text: Text
    public var literals: [LiteralRecord]
    public var quirks: WireQuirks
    /// The limit at which the text was cut, or beyond which literals are not listed.
    public var exceeded: WireLimitExceeded?
    /// False when the stream ended inside the message.
    public var complete: Bool
    /// The last literal was refused by the server; its octets were never part of the command.
    public var literalRefused: Bool
    /// Ranges of the text where NULs stand for octets of a literal that the source does not have.
    public var missing: [Range<Int>]

    public init(
        offset: UInt64,
        length: UInt64,
        text: Text,
        literals: [LiteralRecord] = [],
        quirks: WireQuirks = [],
        exceeded: WireLimitExceeded? = nil,
        complete: Bool = true,
        literalRefused: Bool = false,
        missing: [Range<Int>] = []
    ) {
        self.offset = offset
        self.length = length
        self.text = text
        self.literals = literals
        self.quirks = quirks
        self.exceeded = exceeded
        self.complete = complete
        self.literalRefused = literalRefused
        self.missing = missing
    }

    /// Whether less is kept of the message than there was.
    public var truncated: Bool { self.exceeded != nil }
}
