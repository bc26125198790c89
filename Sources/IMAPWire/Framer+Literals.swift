import Traffic

/// The octets of literals (RFC 9051 section 4.3).
extension Framer {
    mutating func beginLiteral(
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

    mutating func takeLiteral(_ chunk: RawSpan, range: Range<Int>, remaining: UInt64) {
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
}
