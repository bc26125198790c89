import Traffic

extension WireQuirks {
    /// What deviates within the lines of a message: stray CR, NUL, other controls, octets above 0x7F.
    ///
    /// Octets of literals are content and do not count.
    ///
    /// - Parameters:
    ///   - text: the message's text.
    ///   - literals: its literals; the text holds the first `literalPrefix` octets of each.
    public static func scan(_ text: RawSpan, literals: [LiteralRecord] = [], literalPrefix: Int = 0) -> WireQuirks {
        guard !literals.isEmpty else { return self.scanLine(text) }
        var quirks: WireQuirks = []
        var start = 0
        for literal in literals {
            let end = min(literal.textOffset, text.byteCount)
            if end > start { quirks.formUnion(self.scanLine(text.extracting(start..<end))) }
            let kept = Int(min(literal.received, UInt64(literalPrefix)))
            start = max(start, min(literal.textOffset + kept, text.byteCount))
        }
        return quirks.union(self.scanLine(text.extracting(start..<text.byteCount)))
    }

    /// Sixteen octets at a time; only a block with something odd in it is looked at octet by octet.
    private static func scanLine(_ line: RawSpan) -> WireQuirks {
        var end = line.byteCount
        if end > 0, line[end - 1] == 0x0A { end -= 1 }
        if end > 0, end < line.byteCount, line[end - 1] == 0x0D { end -= 1 }
        return unsafe line.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return [] }
            var quirks: WireQuirks = []
            var index = 0
            let low = SIMD16<UInt8>(repeating: 0x20)
            let high = SIMD16<UInt8>(repeating: 0x7E)
            while index + 16 <= end {
                let block = unsafe base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
                let odd = (block .< low) .| (block .> high)
                if any(odd) {
                    for position in index..<(index + 16) { unsafe quirks.formUnion(self.quirk(base, position, end)) }
                }
                index += 16
            }
            while index < end {
                unsafe quirks.formUnion(self.quirk(base, index, end))
                index += 1
            }
            return quirks
        }
    }

    private static func quirk(_ base: UnsafeRawPointer, _ index: Int, _ end: Int) -> WireQuirks {
        let octet = unsafe base.load(fromByteOffset: index, as: UInt8.self)
        switch octet {
        case 0x20...0x7E, 0x09: return []
        case 0x80...: return .eightBit
        case 0: return .nul
        case 0x0D:
            // The CR of a line end before a literal or between lines is no deviation.
            return unsafe index + 1 < end && base.load(fromByteOffset: index + 1, as: UInt8.self) == 0x0A ? [] : .bareCR
        case 0x0A: return []
        default: return .control
        }
    }
}
