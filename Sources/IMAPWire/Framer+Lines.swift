import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Lines: their ends, and the announcements of literals before them (RFC 9051 sections 2.2 and 4.3).
extension Framer {
    mutating func begin(at cursor: Int) {
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
    mutating func line(in chunk: RawSpan, cursor: inout Int) -> Frame? {
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
}
