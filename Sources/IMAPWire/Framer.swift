public import Traffic

/// Cuts one direction of an IMAP connection into messages.
///
/// The caller owns the chunk and calls ``next(in:cursor:)`` until it returns nil; then every octet from `cursor` to the end
/// has been taken. A message that lies whole in one chunk is never copied. Framing looks only for line ends and for the
/// literal announcement before them; how a stream is cut into chunks never changes what comes out.
public struct Framer: Sendable {
    /// What the octets mean. Set by whoever knows both directions.
    public enum Language: Sendable, Hashable {
        /// Client: commands with literals.
        case commands
        /// Client: the lines after AUTHENTICATE, and everything sent during IDLE. No literals (RFC 9051 section 6.2.2).
        case lines
        /// Client, when the other direction is not known: as ``lines``, but a line of more than one word is a command.
        case linesOrCommands
        /// Server: responses.
        case responses
        /// TLS, DEFLATE or a SASL security layer.
        case opaque
    }

    enum State: Sendable, Hashable {
        case line
        case literal(remaining: UInt64)
        case awaitingDecision
    }

    public let direction: Direction
    public let limits: WireLimits
    public var language: Language
    /// Whether octets of literals are handed out as they pass.
    public var reportsLiteralOctets = false

    /// Offset in the stream of the next octet to read.
    public internal(set) var offset: UInt64 = 0

    var state: State = .line
    /// Offset in the stream at which the message in progress began.
    var messageOffset: UInt64 = 0
    /// Where the message in progress began in the chunk, or -1 when its text is in `assembled`.
    var chunkStart = 0
    /// Where the current line of the message began in the chunk (contiguous) or in `assembled`.
    var lineStart = 0
    var isInMessage = false
    var assembled: [UInt8] = []
    var literals: [LiteralRecord] = []
    var quirks: WireQuirks = []
    /// Set while the text is beyond its limit: what the end of the line needs to be understood.
    var overflow: LineOverflow?
    /// Literals of the message in progress, listed or not.
    var literalCount = 0
    /// What of the text the source does not have.
    var missing: [Range<Int>] = []
    /// The last octets of the literal that is being read or was read last, in a client's stream: what was meant as the
    /// next command ends up there when the count is too large.
    public internal(set) var literalTail: [UInt8] = []
    static let literalTailLength = 256

    public init(direction: Direction, limits: WireLimits = .standard) {
        self.direction = direction
        self.limits = limits
        self.language = direction == .client ? .commands : .responses
    }

    /// The text of the last message whose ``MessageFrame/text`` is `assembled`, valid until the next call.
    public var assembledText: [UInt8] { self.assembled }

    /// Calls `body` with the text of `frame`, which must be the last one returned.
    public func withText<Result>(of frame: MessageFrame, in chunk: RawSpan, _ body: (RawSpan) -> Result) -> Result {
        switch frame.text {
        case .chunk(let range): body(chunk.extracting(range))
        case .assembled: unsafe body(self.assembled.span.bytes)
        }
    }

    /// Whether a message has begun and not ended.
    public var isInsideMessage: Bool { self.isInMessage }

    /// The offset at which the message in progress began.
    public var currentMessageOffset: UInt64 { self.messageOffset }

    /// The literal that is being read or was read last in the message in progress.
    public var currentLiteral: LiteralRecord? { self.literals.last }

    /// The message in progress as far as it has been read.
    public var partialMessage: MessageFrame {
        MessageFrame(
            offset: self.messageOffset,
            length: self.offset - self.messageOffset,
            text: .assembled,
            literals: self.literals,
            quirks: self.quirks,
            exceeded: self.exceeded,
            complete: false,
            missing: self.missing
        )
    }

    /// Octets still missing from the literal that is being read, or nil outside a literal.
    public var literalRemaining: UInt64? {
        if case .literal(let remaining) = self.state { remaining } else { nil }
    }

    /// The next frame in `chunk`, or nil when all of it has been taken.
    public mutating func next(in chunk: RawSpan, cursor: inout Int) -> Frame? {
        while true {
            if !self.isInMessage {
                guard cursor < chunk.byteCount else { return nil }
                if self.language == .opaque {
                    let range = cursor..<chunk.byteCount
                    self.offset += UInt64(range.count)
                    cursor = chunk.byteCount
                    return .opaque(range)
                }
                self.begin(at: cursor)
            }
            switch self.state {
            case .line:
                guard let frame = self.line(in: chunk, cursor: &cursor) else {
                    if cursor < chunk.byteCount { continue }
                    self.spill(chunk, upTo: cursor)
                    return nil
                }
                return frame
            case .literal(let remaining):
                let available = UInt64(chunk.byteCount - cursor)
                if available == 0, remaining > 0 {
                    self.spill(chunk, upTo: cursor)
                    return nil
                }
                let taken = Int(min(available, remaining))
                let range = cursor..<(cursor + taken)
                self.takeLiteral(chunk, range: range, remaining: remaining - UInt64(taken))
                cursor += taken
                if self.reportsLiteralOctets, taken > 0 {
                    return .literalOctets(range: range, remaining: remaining - UInt64(taken))
                }
            case .awaitingDecision:
                return nil
            }
        }
    }

    /// The server asked for the literal: its octets come next.
    public mutating func acceptLiteral() {
        guard self.state == .awaitingDecision, let literal = self.literals.last else { return }
        self.state = .literal(remaining: literal.size)
    }

    /// The server refused the literal with a tagged NO or BAD: the command ends at its last line (RFC 9051 section 4.3).
    public mutating func refuseLiteral() -> MessageFrame? {
        guard self.state == .awaitingDecision else { return nil }
        var frame = self.endMessage(in: .assembled)
        frame.literalRefused = true
        return frame
    }

    /// The stream has ended. Returns the message that was cut off, if one had begun.
    public mutating func finish() -> MessageFrame? {
        guard self.isInMessage else { return nil }
        var frame = self.endMessage(in: .assembled)
        frame.complete = false
        return frame
    }

    /// Counts octets that were never read because their language is unknown.
    public mutating func skip(octets: UInt64) {
        self.offset += octets
    }

    /// Takes the last `octets` of the literal that is being read out of the message again.
    mutating func takeBack(octets: UInt64) {
        guard let index = self.literals.indices.last, octets <= self.literals[index].received else { return }
        let prefix = UInt64(self.limits.literalPrefix)
        let before = min(self.literals[index].received, prefix)
        self.literals[index].received -= octets
        let unkept = Int(before - min(self.literals[index].received, prefix))
        // Text beyond the limit was never kept.
        if self.overflow == nil { self.assembled.removeLast(min(unkept, self.assembled.count)) }
        self.offset -= octets
    }

    /// Takes the octets of a whole line back that was read here and is no part of the stream.
    public mutating func discount(octets: UInt64) {
        guard !self.isInMessage, self.offset >= octets else { return }
        self.offset -= octets
    }
}
