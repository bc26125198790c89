import IMAPWire
import Traffic

/// Flags in words: system flags and keywords told apart (RFC 3501 section 2.3.2).
extension Annotator {
    /// Reads the flags to the closing parenthesis and writes `flags \Seen and \Answered, keywords foo and bar`.
    mutating func flags(_ text: RawSpan) {
        let start = self.tokenizer.position
        let (system, keywords) = self.countFlags(text)
        let end = self.tokenizer.position
        if system == 0, keywords == 0 {
            self.prose.add("no flags")
            return
        }
        if system > 0 {
            self.prose.add(system == 1 ? "flag " : "flags ")
            self.tokenizer.reset(to: start)
            self.flagNames(text, count: system, keywords: false)
        }
        if keywords > 0 {
            if system > 0 { self.prose.add(keywords == 1 ? " and keyword " : ", keywords ") }
            if system == 0 { self.prose.add(keywords == 1 ? "keyword " : "keywords ") }
            self.tokenizer.reset(to: start)
            self.flagNames(text, count: keywords, keywords: true)
        }
        self.tokenizer.reset(to: end)
    }

    /// Counts to the closing parenthesis, which is taken, or the end.
    mutating func countFlags(_ text: RawSpan) -> (system: Int, keywords: Int) {
        var system = 0
        var keywords = 0
        while let token = self.next(text), token.kind != .listClose {
            if token.kind == .listOpen {
                self.skipList(text)
            } else if text.matches(token.range, "\\*") {
                // No flag, but leave to make new ones (RFC 3501 section 7.1, PERMANENTFLAGS).
                continue
            } else if self.isSystemFlag(token, text) {
                system += 1
            } else {
                keywords += 1
            }
        }
        return (system, keywords)
    }

    private mutating func flagNames(_ text: RawSpan, count: Int, keywords: Bool) {
        var enumeration = Enumeration(count: count)
        while let token = self.next(text), token.kind != .listClose {
            if token.kind == .listOpen {
                self.skipList(text)
                continue
            }
            if self.isSystemFlag(token, text) == keywords || text.matches(token.range, "\\*") { continue }
            guard enumeration.advance(&self.prose) else { return }
            self.bare(text, token.range)
        }
    }

    func isSystemFlag(_ token: Token, _ text: RawSpan) -> Bool {
        token.kind == .atom && text[token.offset] == UInt8(ascii: "\\")
    }
}
