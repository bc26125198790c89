import IMAPWire
import Traffic

extension Annotator {
    /// `33 capabilities; logins PLAIN, CRAM-MD5; STARTTLS, IDLE and COMPRESS=DEFLATE`: how many, how to log in, and those
    /// that change most what follows.
    mutating func capabilities(_ text: RawSpan) {
        let start = self.tokenizer.position
        var count = 0
        var logins = 0
        var notable = 0
        while let token = self.next(text) {
            count += 1
            if Annotator.isLogin(token, text) { logins += 1 }
            if Annotator.isNotable(token, text) { notable += 1 }
        }
        self.prose.counted(UInt64(count), "capability", "capabilities")
        if logins > 0 {
            self.tokenizer.reset(to: start)
            self.prose.add(logins == 1 ? "; login " : "; logins ")
            var enumeration = Enumeration(count: logins)
            while let token = self.next(text) {
                guard Annotator.isLogin(token, text) else { continue }
                guard enumeration.advance(&self.prose) else { break }
                self.bare(text, token.offset + 5..<token.range.upperBound)
            }
        }
        if notable > 0 {
            self.tokenizer.reset(to: start)
            self.prose.add("; ")
            var enumeration = Enumeration(count: notable)
            while let token = self.next(text) {
                guard Annotator.isNotable(token, text) else { continue }
                guard enumeration.advance(&self.prose) else { break }
                self.bare(text, token.range)
            }
        }
    }

    private static func isLogin(_ token: Token, _ text: RawSpan) -> Bool {
        token.length > 5 && text.matches(token.offset..<token.offset + 5, "AUTH=")
    }

    /// Those that change the stream, the state or the login.
    private static func isNotable(_ token: Token, _ text: RawSpan) -> Bool {
        let range = token.range
        switch range.count {
        case 4: return text.matches(range, "IDLE") || text.matches(range, "MOVE")
        case 6: return text.matches(range, "NOTIFY")
        case 7: return text.matches(range, "QRESYNC")
        case 8: return text.matches(range, "STARTTLS") || text.matches(range, "LITERAL+")
        case 9: return text.matches(range, "CONDSTORE") || text.matches(range, "IMAP4REV2")
        case 10: return text.matches(range, "X-GM-EXT-1")
        case 11: return text.matches(range, "UTF8=ACCEPT")
        case 13: return text.matches(range, "LOGINDISABLED")
        case 16: return text.matches(range, "COMPRESS=DEFLATE")
        default: return false
        }
    }
}
