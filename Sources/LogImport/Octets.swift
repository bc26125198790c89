// Small questions about octets that all formats ask.

extension Collection where Element == UInt8 {
    /// The size at the end of a line that announces a literal (RFC 9051 section 4.3).
    var announcedLiteral: UInt64? {
        var text = Array(self.suffix(24))
        guard text.popLast() == UInt8(ascii: "}") else { return nil }
        if text.last == UInt8(ascii: "+") || text.last == UInt8(ascii: "-") { text.removeLast() }
        guard let brace = text.lastIndex(of: UInt8(ascii: "{")), brace + 1 < text.count else { return nil }
        return UInt64(String(decoding: text[(brace + 1)...], as: UTF8.self))
    }

    var text: String { String(decoding: self, as: UTF8.self) }

    func starts(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { self.starts(with: $0) }
    }
}

extension [UInt8] {
    /// `* OK`, `* PREAUTH` and `* BYE` without a response code that only comes later.
    var isGreeting: Bool {
        guard self.starts("* OK") || self.starts("* PREAUTH") else { return false }
        let text = self.text.uppercased()
        let later = [
            "[PERMANENTFLAGS", "[UIDVALIDITY", "[UIDNEXT", "[UNSEEN", "[HIGHESTMODSEQ", "[MAILBOXID", "[ALERT",
            "[COPYUID", "[CLOSED", "[NOMODSEQ", "[READ-", "STILL HERE", "[INPROGRESS", "[PARSE", "SEARCHED",
            "SEARCHING",
            "[NOTIFICATIONOVERFLOW", "[REFERRAL",
        ]
        return !later.contains { text.contains($0) }
    }

    func dropping(_ count: Int) -> [UInt8] { Array(self.dropFirst(count)) }

    /// What stands behind the first occurrence of `word`.
    func after(_ word: String) -> [UInt8]? {
        guard let range = self.firstRange(of: Array(word.utf8)) else { return nil }
        return Array(self[range.upperBound...])
    }

    /// What stands before the first occurrence of `word`.
    func before(_ word: String) -> [UInt8]? {
        guard let range = self.firstRange(of: Array(word.utf8)) else { return nil }
        return Array(self[..<range.lowerBound])
    }
}
