import IMAPProtocol
import Traffic

/// The greeting of a server whose leg became TLS only after it: its text stays, its claims do not.
struct SecuredGreeting {
    /// The list after TLS; nil when it is not known.
    var list: [UInt8]?

    /// What the client gets instead of `text`, or nil when nothing has to change.
    ///
    /// A capability list is replaced, or goes so that the client asks; ALERT and REFERRAL go, which somebody on the way
    /// may have put there (RFC 9051 section 11.3).
    func apply(to text: [UInt8]) -> [UInt8]? {
        let bytes = text.span.bytes
        let start = ResponseHead(bytes).arguments
        let end = ResponseHead.contentEnd(bytes)
        guard start < end, text[start] == UInt8(ascii: "[") else { return nil }
        if let range = CapabilityLine.list(in: bytes), let list {
            let replaced = Array(text[..<range.lowerBound] + list + text[range.upperBound...])
            return replaced == text ? nil : replaced
        }
        guard
            ["[CAPABILITY", "[ALERT", "[REFERRAL"].contains(where: { Self.begins(text[start..<end], $0) }
            ),
            let close = text[start..<end].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        var rest = close + 1
        while rest < end, text[rest] == 0x20 { rest += 1 }
        // The text of a status response must not be empty (RFC 9051 section 9, `resp-text`).
        let words = rest < end ? Array(text[rest..<end]) : Array("ready".utf8)
        return Array(text[..<start] + words + text[end...])
    }

    private static func begins(_ text: ArraySlice<UInt8>, _ word: String) -> Bool {
        String(decoding: text.prefix(word.utf8.count), as: UTF8.self).uppercased() == word
    }
}
