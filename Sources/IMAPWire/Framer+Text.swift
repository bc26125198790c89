import Traffic

/// The text of the message in progress: kept where it is, or copied, as far as the limit allows.
extension Framer {
    /// Moves the message in progress from the chunk to `assembled`, because the chunk ends or a literal will not fit.
    mutating func spill(_ chunk: RawSpan, upTo end: Int) {
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
    mutating func store(_ bytes: RawSpan, isLine: Bool = true) {
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

    var exceeded: WireLimitExceeded? {
        if self.overflow != nil {
            return .messageText(limit: self.limits.messageText, actual: self.offset - self.messageOffset)
        }
        guard self.literalCount > self.limits.literalsPerMessage else { return nil }
        return .literals(limit: self.limits.literalsPerMessage, actual: self.literalCount)
    }

    mutating func endMessage(in text: MessageFrame.Text) -> MessageFrame {
        let frame = MessageFrame(
            offset: self.messageOffset,
            length: self.offset - self.messageOffset,
            text: text,
            literals: self.literals,
            quirks: self.quirks,
            exceeded: self.exceeded
        )
        self.isInMessage = false
        self.state = .line
        if !self.literals.isEmpty { self.literals = [] }
        self.quirks = []
        self.overflow = nil
        self.literalCount = 0
        return frame
    }
}
