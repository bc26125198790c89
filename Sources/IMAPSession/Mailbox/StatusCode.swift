import IMAPProtocol
import IMAPWire
import Traffic

/// A response code that says something about a mailbox or the session (RFC 9051 section 7.1 and extensions).
struct StatusCode {
    enum Name: Sendable, Hashable {
        case uidValidity
        case uidNext
        case highestModSequence
        case permanentFlags
        case closed
        case unseen
        case copyUID
        case appendUID
        case readOnly
        case noModSequences
        case mailboxID
        case referral
        /// One of those that say why a server hangs up (RFC 5530).
        case reason
        case other
    }

    var name: Name
    /// The word in the text.
    var word: Range<Int>
    /// Where its arguments begin, and where the closing bracket stands.
    var arguments: Int
    var end: Int

    /// The code at `start`; nil when there is none.
    init?(_ text: RawSpan, from start: Int) {
        guard start < text.byteCount, text[start] == UInt8(ascii: "[") else { return nil }
        var index = start + 1
        while index < text.byteCount, text[index] > 0x20, text[index] != UInt8(ascii: "]") { index += 1 }
        self.word = (start + 1)..<index
        guard !self.word.isEmpty else { return nil }
        self.arguments = index < text.byteCount && text[index] == 0x20 ? index + 1 : index
        // The flags of PERMANENTFLAGS may hold brackets (Gmail): the list ends at its parenthesis.
        var isInList = false
        while index < text.byteCount, text[index] != 0x0A {
            if text[index] == UInt8(ascii: "(") { isInList = true }
            if text[index] == UInt8(ascii: ")") { isInList = false }
            if text[index] == UInt8(ascii: "]"), !isInList { break }
            index += 1
        }
        self.end = index
        self.name = Self.name(text, self.word)
    }

    /// The number behind the word; nil when it is none.
    func number(_ text: RawSpan) -> UInt64? {
        var index = self.arguments
        while index < self.end, text[index] &- 0x30 < 10 { index += 1 }
        return text.number(self.arguments..<index)
    }

    /// Whether SELECT and EXAMINE say it of the mailbox that they open.
    var describesMailbox: Bool {
        switch self.name {
        case .uidValidity, .uidNext, .highestModSequence, .permanentFlags, .unseen, .noModSequences, .mailboxID: true
        default: false
        }
    }

    private static func name(_ text: RawSpan, _ word: Range<Int>) -> Name {
        switch word.count {
        case 5: text.matches(word, "LIMIT") || text.matches(word, "INUSE") ? .reason : .other
        case 6: text.matches(word, "CLOSED") ? .closed : text.matches(word, "UNSEEN") ? .unseen : .other
        case 7:
            text.matches(word, "UIDNEXT") ? .uidNext : text.matches(word, "COPYUID") ? .copyUID : .other
        case 8: text.matches(word, "NOMODSEQ") ? .noModSequences : text.matches(word, "REFERRAL") ? .referral : .other
        case 9:
            text.matches(word, "APPENDUID")
                ? .appendUID
                : text.matches(word, "READ-ONLY")
                    ? .readOnly
                    : text.matches(word, "MAILBOXID")
                        ? .mailboxID
                        : text.matches(word, "OVERQUOTA") || text.matches(word, "SERVERBUG")
                            || text.matches(word, "CLIENTBUG") ? .reason : .other
        case 11:
            text.matches(word, "UIDVALIDITY") ? .uidValidity : text.matches(word, "UNAVAILABLE") ? .reason : .other
        case 13: text.matches(word, "HIGHESTMODSEQ") ? .highestModSequence : .other
        case 14: text.matches(word, "PERMANENTFLAGS") ? .permanentFlags : .other
        default: .other
        }
    }
}
