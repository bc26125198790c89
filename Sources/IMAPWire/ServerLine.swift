import Traffic

/// What the head of a server line says about literals in it.
enum ServerLine {
    /// Whether a `{n}` at the end of a line that begins with `head` can announce a literal.
    ///
    /// Status text (RFC 3501 resp-text), continuation requests, and responses made of numbers, flags and atoms only never
    /// hold one; `* OK see {5}` is text. A line that is none of ours holds none either: believing it would let any text
    /// swallow what follows.
    static func allowsLiteral(head: RawSpan) -> Bool {
        var index = 0
        let count = head.byteCount
        func skip(_ octet: UInt8) {
            while index < count, head[index] == octet { index += 1 }
        }
        while index < count, head[index] == 0 || head[index] == 0x20 { index += 1 }
        guard index + 1 < count, head[index] == UInt8(ascii: "*"), head[index + 1] == 0x20 else { return false }
        index += 1
        skip(0x20)
        if index < count, isDigit(head[index]) {
            while index < count, isDigit(head[index]) { index += 1 }
            skip(0x20)
        }
        var word: UInt64 = 0
        var length = 0
        while index < count, length < 8, isLetter(head[index]) {
            word = word << 8 | UInt64(head[index] & 0xDF)
            index += 1
            length += 1
        }
        guard length > 0 else { return false }
        switch word {
        case packed("OK"), packed("NO"), packed("BAD"), packed("BYE"), packed("PREAUTH"), packed("SEARCH"),
            packed("SORT"), packed("THREAD"), packed("VANISHED"), packed("FLAGS"), packed("CAPABILI"),
            packed("ENABLED"), packed("EXISTS"), packed("RECENT"), packed("EXPUNGE"):
            return false
        default:
            return true
        }
    }

    private static func isDigit(_ octet: UInt8) -> Bool { octet &- 0x30 < 10 }
    private static func isLetter(_ octet: UInt8) -> Bool { (octet & 0xDF) &- 0x41 < 26 }

    private static func packed(_ word: StaticString) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<word.utf8CodeUnitCount { value = unsafe value << 8 | UInt64(word.utf8Start[index]) }
        return value
    }
}
