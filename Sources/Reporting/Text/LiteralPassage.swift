import Traffic

/// Cuts the octets of a literal, which come in pieces of any size, into lines.
struct LiteralPassage {
    /// Octets of the last piece that have no meaning before the next comes: a CR, or the beginning of a character.
    private var carry: [UInt8] = []
    /// Whether the last line shown was not finished.
    private var isInsideLine = false

    /// Calls `line` with the content of each line, or part of a line, that `octets` completes.
    mutating func take(
        _ octets: RawSpan,
        isLast: Bool,
        line: (_ content: RawSpan, _ continues: Bool) -> Void
    ) {
        if self.carry.isEmpty {
            self.lines(octets, isLast: isLast, line)
        } else {
            var joined = self.carry
            self.carry = []
            octets.withUnsafeBytes { joined.append(contentsOf: $0) }
            self.lines(joined.span.bytes, isLast: isLast, line)
        }
        if isLast { self.isInsideLine = false }
    }

    private mutating func lines(_ octets: RawSpan, isLast: Bool, _ line: (RawSpan, Bool) -> Void) {
        let end = isLast ? octets.byteCount : octets.byteCount - LiteralPassage.unfinished(octets)
        var start = 0
        for index in 0..<end where octets[index] == 0x0A {
            let content = index > start && octets[index - 1] == 0x0D ? start..<(index - 1) : start..<index
            line(octets.extracting(content), self.isInsideLine)
            self.isInsideLine = false
            start = index + 1
        }
        if start < end {
            line(octets.extracting(start..<end), self.isInsideLine)
            self.isInsideLine = true
        }
        for index in end..<octets.byteCount { self.carry.append(octets[index]) }
    }

    /// How many octets at the end may be the beginning of something longer.
    private static func unfinished(_ octets: RawSpan) -> Int {
        let count = octets.byteCount
        guard count > 0 else { return 0 }
        if octets[count - 1] == 0x0D { return 1 }
        for length in 1...min(3, count) {
            let octet = octets[count - length]
            if octet & 0xC0 == 0x80 { continue }
            let expected = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : octet >= 0xC0 ? 2 : 1
            return expected > length ? length : 0
        }
        return 0
    }
}
