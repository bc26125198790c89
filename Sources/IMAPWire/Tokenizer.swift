/// Lexes the text of a message, one token a call.
///
/// The text is what a ``MessageFrame`` describes: lines and, after each literal announcement, the first `literalPrefix`
/// octets of the literal (all of them when it is shorter).
///
/// The class table is a stored property on purpose: a global table costs a lazy-initialisation check an octet.
public struct Tokenizer: Sendable {
    @usableFromInline var table: InlineArray<256, UInt8>
    /// Offset in the text of the next octet to look at.
    public var position = 0
    /// How many octets of a literal the text holds at most.
    public let literalPrefix: Int

    public init(literalPrefix: Int = WireLimits.standard.literalPrefix) {
        self.literalPrefix = literalPrefix
        self.table = InlineArray(repeating: 0)
        // Delimiters of RFC 3501 section 9; `]`, `%`, `*` and `\` stay inside what we call an atom, because flags, list
        // patterns and mailbox names hold them.
        for octet in 0...0x1F { self.table[octet] = 1 }
        for octet in [0x20, 0x28, 0x29, 0x7B, 0x22, 0x7F] { self.table[octet] = 1 }
        self.table[0x5B] = 2
    }

    /// Starts again at `position`.
    public mutating func reset(to position: Int = 0) {
        self.position = position
    }

    /// The next token of `text`, or nil at its end. Texts are at most 4 GiB long.
    ///
    /// Inlinable, as are the parts that every line needs: the loop that asks for tokens is as hot as the lexer.
    @inlinable
    public mutating func next(in text: RawSpan) -> Token? {
        let count = text.byteCount
        guard self.position < count else { return nil }
        // The pointer is used only while `text` is borrowed by this call; a closure here would cost a call per token.
        guard let base = unsafe text.withUnsafeBytes({ $0.baseAddress }) else { return nil }
        return unsafe self.lex(base.assumingMemoryBound(to: UInt8.self), self.position, count)
    }

    @inlinable
    @inline(__always)
    mutating func lex(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Token? {
        var index = start
        while unsafe base[index] == 0x20 {
            index += 1
            if index == count {
                self.position = index
                return nil
            }
        }
        let space = index != start || start == 0
        let octet = unsafe base[index]
        if octet == UInt8(ascii: "~"), let token = unsafe self.literal8(base, index, count, space) { return token }
        switch octet {
        case UInt8(ascii: "("):
            self.position = index + 1
            return Token(kind: .listOpen, offset: index, length: 1, spaceBefore: space)
        case UInt8(ascii: ")"):
            self.position = index + 1
            return Token(kind: .listClose, offset: index, length: 1, spaceBefore: space)
        case UInt8(ascii: "\""):
            return unsafe self.quoted(base, index + 1, count, space)
        case UInt8(ascii: "{"):
            return unsafe self.literal(base, index, count, space)
        case 0x0D where unsafe index + 1 < count && base[index + 1] == 0x0A:
            self.position = index + 2
            return Token(kind: .lineEnd, offset: index, length: 2, spaceBefore: space)
        case 0x0A:
            self.position = index + 1
            return Token(kind: .lineEnd, offset: index, length: 1, spaceBefore: space)
        default:
            return unsafe self.atom(base, index, count, space)
        }
    }

    @inlinable
    @inline(__always)
    mutating func atom(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ space: Bool) -> Token {
        var index = start + 1
        while index < count {
            let kind = unsafe self.table[unchecked: Int(base[index])]
            if kind == 0 {
                index += 1
                continue
            }
            guard kind == 2 else { break }
            if unsafe Self.isSectionName(base, start, index) {
                return unsafe self.section(base, start, index, count, space)
            }
            index += 1
        }
        self.position = index
        return Token(kind: .atom, offset: start, length: index - start, spaceBefore: space)
    }

    @inlinable
    @inline(__always)
    mutating func quoted(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ space: Bool) -> Token {
        var index = start
        while true {
            index = unsafe Self.quotedSpecial(base, index, count)
            guard index < count else { break }
            let octet = unsafe base[index]
            if octet == UInt8(ascii: "\"") {
                self.position = index + 1
                return Token(kind: .quoted, offset: start, length: index - start, spaceBefore: space)
            }
            if octet == 0x0A { break }
            // Only `\"` and `\\` are escapes (RFC 3501 section 9 QUOTED-SPECIALS); anything else stands for itself, and a
            // line end is never swallowed.
            if index + 1 < count {
                let escaped = unsafe base[index + 1]
                if escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") { index += 1 }
            }
            index += 1
        }
        var end = index
        if unsafe end > start && end < count && base[end - 1] == 0x0D { end -= 1 }
        self.position = end
        return Token(kind: .unterminatedQuoted, offset: start, length: end - start, spaceBefore: space)
    }

    /// The index of the first `"`, `\` or LF at or after `start`, else `count`.
    @inlinable
    @inline(__always)
    static func quotedSpecial(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
        var index = start
        let memory = unsafe UnsafeRawPointer(base)
        let quote = SIMD16<UInt8>(repeating: 0x22)
        let backslash = SIMD16<UInt8>(repeating: 0x5C)
        let lineFeed = SIMD16<UInt8>(repeating: 0x0A)
        while index + 16 <= count {
            let block = unsafe memory.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
            // Vectors on both sides: the comparison with a scalar is a loop over the lanes.
            let hits = (block .== quote) .| (block .== backslash) .| (block .== lineFeed)
            let words = unsafe unsafeBitCast(hits, to: SIMD2<UInt64>.self)
            if words[0] != 0 { return index + words[0].trailingZeroBitCount / 8 }
            if words[1] != 0 { return index + 8 + words[1].trailingZeroBitCount / 8 }
            index += 16
        }
        while index < count {
            let octet = unsafe base[index]
            if octet == 0x22 || octet == 0x5C || octet == 0x0A { return index }
            index += 1
        }
        return count
    }

    /// `{n}` or `{n+}` and a line end, then the octets that the text holds.
    @usableFromInline
    mutating func literal(
        _ base: UnsafePointer<UInt8>,
        _ brace: Int,
        _ count: Int,
        _ space: Bool
    ) -> Token {
        if let token = unsafe self.announcement(base, brace, brace, count, space) { return token }
        self.position = brace + 1
        return Token(kind: .stray, offset: brace, length: 1, spaceBefore: space)
    }

    @usableFromInline
    mutating func literal8(
        _ base: UnsafePointer<UInt8>,
        _ tilde: Int,
        _ count: Int,
        _ space: Bool
    ) -> Token? {
        guard unsafe tilde + 1 < count && base[tilde + 1] == UInt8(ascii: "{") else { return nil }
        return unsafe self.announcement(base, tilde, tilde + 1, count, space)
    }

    private mutating func announcement(
        _ base: UnsafePointer<UInt8>,
        _ start: Int,
        _ brace: Int,
        _ count: Int,
        _ space: Bool
    ) -> Token? {
        var index = brace + 1
        var size = 0
        var overflow = false
        while index < count {
            let digit = unsafe base[index] &- 0x30
            guard digit < 10 else { break }
            let (product, high) = size.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(digit))
            overflow = overflow || high || carry
            size = sum
            index += 1
        }
        guard index > brace + 1, !overflow else { return nil }
        if unsafe index < count && base[index] == UInt8(ascii: "+") { index += 1 }
        guard unsafe index < count && base[index] == UInt8(ascii: "}") else { return nil }
        index += 1
        if unsafe index < count && base[index] == 0x0D { index += 1 }
        guard unsafe index < count && base[index] == 0x0A else { return nil }
        index += 1
        let kept = min(size, self.literalPrefix, count - index)
        self.position = index + kept
        return Token(kind: .literal, offset: index, length: kept, spaceBefore: space)
    }

    /// Whether the atom so far is a name that takes a section in brackets.
    @usableFromInline
    static func isSectionName(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        let length = end - start
        guard length >= 4, length <= 11 else { return false }
        func matches(_ word: StaticString) -> Bool {
            guard word.utf8CodeUnitCount == length else { return false }
            for offset in 0..<length {
                var octet = unsafe base[start + offset]
                if octet &- 0x61 < 26 { octet &-= 0x20 }
                if unsafe octet != word.utf8Start[offset] { return false }
            }
            return true
        }
        switch length {
        case 4: return matches("BODY")
        case 6: return matches("BINARY")
        case 9: return matches("BODY.PEEK")
        case 11: return matches("BINARY.PEEK") || matches("BINARY.SIZE")
        default: return false
        }
    }

    /// From the `[` of a section to its `]`, and the partial range after it. Quoted strings may hold `]`.
    @usableFromInline
    mutating func section(
        _ base: UnsafePointer<UInt8>,
        _ start: Int,
        _ bracket: Int,
        _ count: Int,
        _ space: Bool
    ) -> Token {
        var index = bracket + 1
        var quoted = false
        while index < count {
            let octet = unsafe base[index]
            if octet == 0x0A { break }
            if octet == UInt8(ascii: "\"") { quoted.toggle() }
            if octet == UInt8(ascii: "\\"), quoted { index += 1 }
            index += 1
            if octet == UInt8(ascii: "]"), !quoted { break }
        }
        if index > count { index = count }
        if unsafe index < count && base[index] == UInt8(ascii: "<") {
            var end = index + 1
            while unsafe end < count && (base[end] &- 0x30 < 10 || base[end] == UInt8(ascii: ".")) { end += 1 }
            if unsafe end < count && base[end] == UInt8(ascii: ">") { index = end + 1 }
        }
        // A cut section must not take the line's CR with it.
        if unsafe index < count && base[index] == 0x0A && index > bracket + 1 && base[index - 1] == 0x0D { index -= 1 }
        self.position = index
        return Token(kind: .section, offset: start, length: index - start, spaceBefore: space)
    }
}
