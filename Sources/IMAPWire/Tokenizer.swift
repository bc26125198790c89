/// Lexes the text of a message, one token a call.
///
/// The text is what a ``MessageFrame`` describes: lines and, after each literal announcement, the first `literalPrefix`
/// octets of the literal (all of them when it is shorter).
///
/// The class table is reached through a pointer on purpose: as a stored array it is copied with the tokenizer, as a global
/// one it costs a lazy-initialisation check an octet.
///
/// Unchecked: the table is written once, before anybody can see it, and never freed.
@safe public struct Tokenizer: @unchecked Sendable {
    @usableFromInline let table: UnsafePointer<UInt8>
    /// Offset in the text of the next octet to look at.
    public var position = 0
    /// How many octets of a literal the text holds at most.
    public let literalPrefix: Int
    /// Whether `BODY[...]<...>` and its kin are one token. A parser that knows where a data item may stand reads them
    /// itself, from the atom that ends before the first space.
    public var readsSections = true

    public init(literalPrefix: Int = WireLimits.standard.literalPrefix) {
        self.literalPrefix = literalPrefix
        unsafe self.table = Self.classes
    }

    /// 1 for the delimiters of RFC 3501 section 9, 2 for `[`, which may begin a section, 0 for the rest: `]`, `%`, `*` and
    /// `\` stay inside what we call an atom, because flags, list patterns and mailbox names hold them.
    ///
    /// Unsafe only in name: written once, under the lock of a static, and neither changed nor freed afterwards.
    nonisolated(unsafe) private static let classes: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        unsafe table.initialize(repeating: 0, count: 256)
        for octet in 0...0x1F { unsafe table[octet] = 1 }
        for octet in [0x20, 0x28, 0x29, 0x7B, 0x22, 0x7F] { unsafe table[octet] = 1 }
        unsafe table[0x5B] = 2
        return unsafe UnsafePointer(table)
    }()

    /// Starts again at `position`.
    public mutating func reset(to position: Int = 0) {
        self.position = position
    }

    /// The next token of `text`, or nil at its end. Texts are at most 4 GiB long.
    @inlinable
    public mutating func next(in text: RawSpan) -> Token? {
        let count = text.byteCount
        guard self.position < count else { return nil }
        // The pointer is used only while `text` is borrowed by this call; a closure here would cost a call per token.
        guard let base = unsafe text.withUnsafeBytes({ $0.baseAddress }) else { return nil }
        guard let token = unsafe self.lex(base.assumingMemoryBound(to: UInt8.self), self.position, count) else {
            self.position = count
            return nil
        }
        self.position = token.next
        return token
    }

    /// Calls `body` with every token from ``position`` to the end of `text`.
    ///
    /// The place in the text stays in a register from token to token, which is what makes this faster than asking for
    /// them one by one.
    @inlinable
    @inline(__always)
    public mutating func forEach(in text: RawSpan, _ body: (Token) -> Void) {
        let count = text.byteCount
        guard let base = unsafe text.withUnsafeBytes({ $0.baseAddress }) else { return }
        let octets = unsafe base.assumingMemoryBound(to: UInt8.self)
        var index = self.position
        while index < count, let token = unsafe self.lex(octets, index, count) {
            index = token.next
            body(token)
        }
        self.position = count
    }

    @inlinable
    @inline(__always)
    func lex(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Token? {
        var index = start
        while unsafe base[index] == 0x20 {
            index += 1
            if index == count { return nil }
        }
        let space = index != start || start == 0
        let octet = unsafe base[index]
        if octet == UInt8(ascii: "~"), let token = unsafe self.literal8(base, index, count, space) { return token }
        switch octet {
        case UInt8(ascii: "("):
            return Token(kind: .listOpen, offset: index, length: 1, spaceBefore: space)
        case UInt8(ascii: ")"):
            return Token(kind: .listClose, offset: index, length: 1, spaceBefore: space)
        case UInt8(ascii: "\""):
            return unsafe self.quoted(base, index + 1, count, space)
        case UInt8(ascii: "{"):
            return unsafe self.literal(base, index, count, space)
        case 0x0D where unsafe index + 1 < count && base[index + 1] == 0x0A:
            return Token(kind: .lineEnd, offset: index, length: 2, spaceBefore: space)
        case 0x0A:
            return Token(kind: .lineEnd, offset: index, length: 1, spaceBefore: space)
        default:
            return unsafe self.atom(base, index, count, space)
        }
    }

    @inlinable
    @inline(__always)
    func atom(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ space: Bool) -> Token {
        var index = start + 1
        while index < count {
            let kind = unsafe self.table[Int(base[index])]
            if kind == 0 {
                index += 1
                continue
            }
            guard kind == 2 else { break }
            if unsafe self.readsSections && Self.isSectionName(base, start, index) {
                return unsafe self.section(base, start, index, count, space)
            }
            index += 1
        }
        return Token(kind: .atom, offset: start, length: index - start, spaceBefore: space)
    }

    @inlinable
    @inline(__always)
    func quoted(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int, _ space: Bool) -> Token {
        var index = start
        while true {
            index = unsafe Self.quotedSpecial(base, index, count)
            guard index < count else { break }
            let octet = unsafe base[index]
            if octet == UInt8(ascii: "\"") {
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
    func literal(
        _ base: UnsafePointer<UInt8>,
        _ brace: Int,
        _ count: Int,
        _ space: Bool
    ) -> Token {
        if let token = unsafe self.announcement(base, brace, brace, count, space) { return token }
        return Token(kind: .stray, offset: brace, length: 1, spaceBefore: space)
    }

    @usableFromInline
    func literal8(
        _ base: UnsafePointer<UInt8>,
        _ tilde: Int,
        _ count: Int,
        _ space: Bool
    ) -> Token? {
        guard unsafe tilde + 1 < count && base[tilde + 1] == UInt8(ascii: "{") else { return nil }
        return unsafe self.announcement(base, tilde, tilde + 1, count, space)
    }

    private func announcement(
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
    func section(
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
        return Token(kind: .section, offset: start, length: index - start, spaceBefore: space)
    }
}
