public import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

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
    public private(set) var offset: UInt64 = 0

    private var state: State = .line
    /// Offset in the stream at which the message in progress began.
    private var messageOffset: UInt64 = 0
    /// Where the message in progress began in the chunk, or -1 when its text is in `assembled`.
    private var chunkStart = 0
    /// Where the current line of the message began in the chunk (contiguous) or in `assembled`.
    private var lineStart = 0
    private var isInMessage = false
    private var assembled: [UInt8] = []
    private var literals: [LiteralRecord] = []
    private var quirks: WireQuirks = []
    /// Set while the text is beyond its limit: what the end of the line needs to be understood.
    private var overflow: LineOverflow?
    /// Literals of the message in progress, listed or not.
    private var literalCount = 0
    private var missing: [Range<Int>] = []
    /// The last octets of the literal that is being read or was read last, in a client's stream: what was meant as the
    /// next command ends up there when the count is too large.
    public private(set) var literalTail: [UInt8] = []
    private static let literalTailLength = 256

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
            complete: false
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

    // MARK: - Lines

    private mutating func begin(at cursor: Int) {
        self.isInMessage = true
        self.state = .line
        self.messageOffset = self.offset
        self.chunkStart = cursor
        self.lineStart = cursor
        if self.assembled.capacity > 16_384 {
            self.assembled = []
        } else {
            self.assembled.removeAll(keepingCapacity: true)
        }
    }

    /// Reads to the end of a line. Returns nil when the chunk ended first, or when the line announced a literal.
    private mutating func line(in chunk: RawSpan, cursor: inout Int) -> Frame? {
        let start = cursor
        let count = chunk.byteCount
        let end: Int = unsafe chunk.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, start < count else { return -1 }
            guard let hit = unsafe memchr(base + start, 0x0A, count - start) else { return -1 }
            return unsafe UnsafeRawPointer(hit) - base
        }
        guard end >= 0 else {
            self.offset += UInt64(count - start)
            cursor = count
            if self.chunkStart < 0 { self.store(chunk.extracting(start..<count)) }
            return nil
        }
        let next = end + 1
        self.offset += UInt64(next - start)
        cursor = next

        if self.chunkStart >= 0 {
            return self.contiguousLine(in: chunk, end: end, next: next)
        }
        self.store(chunk.extracting(start..<next))
        return self.assembledLine()
    }

    /// The hot path: the message so far lies whole in the chunk.
    private mutating func contiguousLine(in chunk: RawSpan, end: Int, next: Int) -> Frame? {
        var lineEnd = end
        if lineEnd > self.lineStart, chunk[lineEnd - 1] == 0x0D { lineEnd -= 1 } else { self.quirks.insert(.bareLF) }
        if lineEnd > self.lineStart, chunk[lineEnd - 1] == UInt8(ascii: "}") {
            let found = self.announcement(
                line: chunk.extracting(self.lineStart..<lineEnd),
                head: chunk.extracting(self.chunkStart..<min(lineEnd, self.chunkStart + 64))
            )
            self.quirks.formUnion(found.quirks)
            if let literal = found.literal {
                // What lies beyond the limit will not be kept, whether the message is contiguous now or not.
                let textOffset = min(next - self.chunkStart, self.limits.messageText)
                return self.beginLiteral(literal, textOffset: textOffset, chunk: chunk, next: next)
            }
        }
        guard next - self.chunkStart <= self.limits.messageText else {
            self.spill(chunk, upTo: next)
            return .message(self.endMessage(in: .assembled))
        }
        return .message(self.endMessage(in: .chunk(self.chunkStart..<next)))
    }

    private mutating func assembledLine() -> Frame? {
        let found = self.announcementInAssembledLine()
        self.quirks.formUnion(found.quirks)
        if let literal = found.literal {
            return self.beginLiteral(literal, textOffset: self.assembled.count, chunk: nil, next: 0)
        }
        return .message(self.endMessage(in: .assembled))
    }

    private func announcementInAssembledLine() -> Announcement {
        let bytes = self.overflow?.tail ?? self.assembled
        let lineStart = self.overflow == nil ? self.lineStart : 0
        var end = bytes.count - 1
        var quirks: WireQuirks = []
        if end > lineStart, bytes[end - 1] == 0x0D { end -= 1 } else { quirks.insert(.bareLF) }
        guard end > lineStart, bytes[end - 1] == UInt8(ascii: "}") else { return Announcement(quirks: quirks) }
        var found = unsafe self.announcement(
            line: bytes.span.bytes.extracting(lineStart..<end),
            head: self.assembled.span.bytes.extracting(0..<min(self.assembled.count, 64))
        )
        found.quirks.formUnion(quirks)
        return found
    }

    private struct Announcement {
        var literal: (size: UInt64, form: LiteralForm)?
        var quirks: WireQuirks = []
    }

    /// Whether `line` ends in an announcement that means a literal where it stands.
    private func announcement(line: RawSpan, head: RawSpan) -> Announcement {
        switch self.language {
        case .lines, .opaque: return Announcement()
        case .responses where !ServerLine.allowsLiteral(head: head): return Announcement()
        case .linesOrCommands where !ClientLine.hasSecondWord(head: head): return Announcement()
        case .commands, .linesOrCommands, .responses: break
        }
        switch LiteralSuffix.read(atEndOf: line) {
        case .none:
            return Announcement()
        case .overflow:
            return Announcement(quirks: .literalSizeOverflow)
        case .literal(let size, let form, let zeroPadded, let length):
            var quotes = self.overflow?.quotes ?? QuoteScanner()
            if self.overflow == nil { quotes.scan(line.extracting(0..<(line.byteCount - length))) }
            guard !quotes.isInside else { return Announcement(quirks: .literalInQuotedString) }
            var quirks: WireQuirks = zeroPadded ? .zeroPaddedLiteral : []
            if form.nonSynchronizing, self.direction == .server { quirks.insert(.nonSynchronizingFromServer) }
            return Announcement(literal: (size, form), quirks: quirks)
        }
    }

    // MARK: - Literals

    private mutating func beginLiteral(
        _ announced: (size: UInt64, form: LiteralForm),
        textOffset: Int,
        chunk: RawSpan?,
        next: Int
    ) -> Frame? {
        let literal = LiteralRecord(
            offset: self.offset,
            size: announced.size,
            form: announced.form,
            textOffset: textOffset,
            received: 0
        )
        let waits = self.direction == .client && !literal.form.nonSynchronizing
        if let chunk, self.chunkStart >= 0 {
            let fits =
                literal.size <= UInt64(self.limits.literalPrefix) && literal.size <= UInt64(chunk.byteCount - next)
            if waits || !fits { self.spill(chunk, upTo: next) }
        }
        self.overflow = self.overflow == nil ? nil : LineOverflow()
        self.literalCount += 1
        if !self.literalTail.isEmpty { self.literalTail.removeAll(keepingCapacity: true) }
        if self.literals.count < self.limits.literalsPerMessage {
            self.literals.append(literal)
        } else {
            // The last entry serves the literal in progress; the earlier ones stay listed.
            self.literals[self.literals.count - 1] = literal
        }
        if waits {
            self.state = .awaitingDecision
            return .literalAwaited(literal)
        }
        self.state = .literal(remaining: literal.size)
        return nil
    }

    /// Goes on in the literal behind `octets` that nobody has; at most as many as remain of it.
    mutating func skipLiteral(_ octets: UInt64) {
        guard case .literal(let remaining) = self.state, let index = self.literals.indices.last else { return }
        let kept = min(self.literals[index].received, UInt64(self.limits.literalPrefix))
        let room = min(UInt64(self.limits.literalPrefix) - kept, octets)
        let start = self.assembled.count
        if room > 0 {
            let fill = [UInt8](repeating: 0, count: Int(room))
            unsafe self.store(fill.span.bytes, isLine: false)
            if self.assembled.count > start { self.missing.append(start..<self.assembled.count) }
        }
        self.offset += octets
        self.literals[index].received += octets
        self.literals[index].missing += octets
        self.literals[index].lastOctets = 0
        if octets >= remaining {
            self.state = .line
            self.lineStart = self.assembled.count
            if self.overflow != nil { self.overflow = LineOverflow() }
        } else {
            self.state = .literal(remaining: remaining - octets)
        }
    }

    private mutating func takeLiteral(_ chunk: RawSpan, range: Range<Int>, remaining: UInt64) {
        self.offset += UInt64(range.count)
        let index = self.literals.count - 1
        if self.chunkStart < 0 {
            let kept = Int(min(self.literals[index].received, UInt64(self.limits.literalPrefix)))
            let room = min(self.limits.literalPrefix - kept, range.count)
            if room > 0 { self.store(chunk.extracting(range.lowerBound..<(range.lowerBound + room)), isLine: false) }
        }
        self.literals[index].received += UInt64(range.count)
        if self.direction == .client { self.keepTail(chunk.extracting(range)) }
        for position in range.suffix(2) {
            self.literals[index].lastOctets = self.literals[index].lastOctets << 8 | UInt16(chunk[position])
        }
        if remaining == 0 {
            self.state = .line
            self.lineStart = self.chunkStart >= 0 ? range.upperBound : self.assembled.count
            if self.overflow != nil { self.overflow = LineOverflow() }
        } else {
            self.state = .literal(remaining: remaining)
        }
    }

    private mutating func keepTail(_ octets: RawSpan) {
        let kept = octets.extracting(max(0, octets.byteCount - Self.literalTailLength)..<octets.byteCount)
        let excess = self.literalTail.count + kept.byteCount - Self.literalTailLength
        if excess > 0 { self.literalTail.removeFirst(min(excess, self.literalTail.count)) }
        unsafe kept.withUnsafeBytes { unsafe self.literalTail.append(contentsOf: $0) }
    }

    // MARK: - Text

    /// Moves the message in progress from the chunk to `assembled`, because the chunk ends or a literal will not fit.
    private mutating func spill(_ chunk: RawSpan, upTo end: Int) {
        guard self.chunkStart >= 0 else { return }
        let start = self.chunkStart
        let lineStart = self.lineStart
        self.chunkStart = -1
        self.assembled.removeAll(keepingCapacity: true)
        self.store(chunk.extracting(start..<lineStart), isLine: false)
        self.lineStart = self.assembled.count
        self.store(chunk.extracting(lineStart..<end))
    }

    /// Appends octets to the text as far as the limit allows.
    private mutating func store(_ bytes: RawSpan, isLine: Bool = true) {
        let room = max(self.limits.messageText - self.assembled.count, 0)
        let kept = min(room, bytes.byteCount)
        if kept > 0 {
            unsafe bytes.extracting(0..<kept).withUnsafeBytes { unsafe self.assembled.append(contentsOf: $0) }
        }
        if self.overflow == nil {
            guard kept < bytes.byteCount else { return }
            var overflow = LineOverflow()
            // The literal state machine asks about the current line only; what is stored of it counts too.
            if isLine, self.lineStart <= self.assembled.count {
                unsafe overflow.take(self.assembled.span.bytes.extracting(self.lineStart..<self.assembled.count))
                overflow.take(bytes.extracting(kept..<bytes.byteCount))
            }
            self.overflow = overflow
        } else if isLine {
            self.overflow?.take(bytes)
        }
    }

    private var exceeded: WireLimitExceeded? {
        if self.overflow != nil {
            return .messageText(limit: self.limits.messageText, actual: self.offset - self.messageOffset)
        }
        guard self.literalCount > self.limits.literalsPerMessage else { return nil }
        return .literals(limit: self.limits.literalsPerMessage, actual: self.literalCount)
    }

    private mutating func endMessage(in text: MessageFrame.Text) -> MessageFrame {
        let frame = MessageFrame(
            offset: self.messageOffset,
            length: self.offset - self.messageOffset,
            text: text,
            literals: self.literals,
            quirks: self.quirks,
            exceeded: self.exceeded,
            missing: self.missing
        )
        if !self.missing.isEmpty { self.missing = [] }
        self.isInMessage = false
        self.state = .line
        if !self.literals.isEmpty { self.literals = [] }
        self.quirks = []
        self.overflow = nil
        self.literalCount = 0
        return frame
    }
}
