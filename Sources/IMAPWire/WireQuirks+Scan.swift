import Traffic

extension WireQuirks {
    /// What stands in the lines of `text` that IMAP does not allow there (RFC 9051 section 9, TEXT-CHAR and CHAR8).
    ///
    /// The kept octets of `literals` are left out: a literal may hold nearly everything.
    ///
    /// - Parameter literalPrefix: the framer's ``WireLimits/literalPrefix``.
    public static func scan(_ text: RawSpan, literals: [LiteralRecord], literalPrefix: Int) -> WireQuirks {
        if literals.isEmpty { return self.scan(text) }
        var quirks: WireQuirks = []
        var lineStart = 0
        for literal in literals {
            let end = min(literal.textOffset, text.byteCount)
            guard end >= lineStart else { continue }
            quirks.formUnion(self.scan(text.extracting(lineStart..<end), isHead: lineStart == 0))
            let kept = Int(min(literal.received, UInt64(literalPrefix)))
            lineStart = min(end + kept, text.byteCount)
        }
        return quirks.union(self.scan(text.extracting(lineStart..<text.byteCount), isHead: false))
    }

    /// What stands in the line `text` that IMAP does not allow there. Its line end, when it has one, is left out.
    ///
    /// - Parameter isHead: the line begins a message, so that NUL octets and spaces before it are padding.
    public static func scan(_ text: RawSpan, isHead: Bool = true) -> WireQuirks {
        unsafe text.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return [] }
            var end = buffer.count
            if unsafe end > 0 && buffer[end - 1] == 0x0A { end -= 1 }
            // A CR that ends the octets is half of a line end that has not come yet, or the first half of this one.
            if unsafe end > 0 && buffer[end - 1] == 0x0D { end -= 1 }
            var start = 0
            if isHead {
                while unsafe start < end && (buffer[start] == 0 || buffer[start] == 0x20) { start += 1 }
            }
            let quirks = unsafe self.scan(octets: base + start, count: end - start)
            return start > 0 ? quirks.union(.padding) : quirks
        }
    }

    /// Looks at 32 octets a step; nearly every block holds nothing but printable ASCII.
    private static func scan(octets base: UnsafeRawPointer, count: Int) -> WireQuirks {
        var quirks: WireQuirks = []
        var index = 0
        while index + 32 <= count {
            let block = unsafe base.loadUnaligned(fromByteOffset: index, as: SIMD32<UInt8>.self)
            if !Self.isPrintable(block) {
                for offset in index..<(index + 32) {
                    quirks.formUnion(unsafe self.quirk(of: base.load(fromByteOffset: offset, as: UInt8.self)))
                }
            }
            index += 32
        }
        if index < count, count >= 32 {
            // The last block overlaps the one before it.
            let block = unsafe base.loadUnaligned(fromByteOffset: count - 32, as: SIMD32<UInt8>.self)
            if Self.isPrintable(block) { return quirks }
        }
        while index < count {
            quirks.formUnion(unsafe self.quirk(of: base.load(fromByteOffset: index, as: UInt8.self)))
            index += 1
        }
        return quirks
    }

    /// Whether all octets are from 0x20 to 0x7E.
    @inline(__always)
    private static func isPrintable(_ block: SIMD32<UInt8>) -> Bool {
        let others = (block &- SIMD32(repeating: 0x20)) .>= SIMD32(repeating: 0x5F)
        let words = unsafe unsafeBitCast(others, to: SIMD4<UInt64>.self)
        return words.x | words.y | words.z | words.w == 0
    }

    @inline(__always)
    private static func quirk(of octet: UInt8) -> WireQuirks {
        if octet &- 0x20 < 0x5F { return [] }
        switch octet {
        case 0: return .nul
        case 0x0A: return []
        case 0x0D: return .bareCR
        case 0x80...: return .eightBit
        default: return .control
        }
    }
}
