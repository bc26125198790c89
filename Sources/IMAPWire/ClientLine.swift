import Traffic

/// What the head of a client line says about the kind of line it is.
enum ClientLine {
    /// Whether a space and a further word follow the first word. Base64, `*` and DONE are single words.
    static func hasSecondWord(head: RawSpan) -> Bool {
        var index = 0
        let count = head.byteCount
        while index < count, head[index] == 0 || head[index] == 0x20 { index += 1 }
        while index < count, head[index] != 0x20 { index += 1 }
        while index < count, head[index] == 0x20 { index += 1 }
        return index < count
    }
}
