import IMAPWire
import Traffic

extension Annotator {
    /// `33 capabilities; logins PLAIN, CRAM-MD5; STARTTLS, IDLE and COMPRESS=DEFLATE; uploads of at most 35,651,584
    /// octets; unknown XFOO`: how many, how to log in, those that change most what follows, limits, and the unknown.
    mutating func capabilities(_ text: RawSpan) {
        let start = self.tokenizer.position
        var count = 0
        var logins = 0
        var notable = 0
        var unknown = 0
        while let token = self.next(text) {
            count += 1
            // A list beyond all reason is counted only.
            if count <= 256, !self.isKnown(token, text) { unknown += 1 }
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
        self.tokenizer.reset(to: start)
        self.limits(text)
        if unknown > 0 {
            self.tokenizer.reset(to: start)
            self.unknownCapabilities(text, unknown)
        }
    }

    private mutating func limits(_ text: RawSpan) {
        var seen = 0
        while let token = self.next(text), seen < 256, !self.prose.isFull {
            seen += 1
            guard token.length > 10 else { continue }
            for name in [12, 13, 10] as [Int] where token.length > name {
                let key = token.range.prefix(name)
                let isLimit =
                    text.matches(key, "APPENDLIMIT=") || text.matches(key, "MESSAGELIMIT=")
                    || text.matches(key, "SAVELIMIT=")
                guard isLimit, text.number(token.range.dropFirst(name)) != nil else { continue }
                self.prose.add("; ")
                self.capability(text, token.range)
            }
        }
    }

    private mutating func unknownCapabilities(_ text: RawSpan, _ count: Int) {
        self.prose.add("; unknown ")
        var seen = 0
        var enumeration = Enumeration(count: count)
        while let token = self.next(text), seen < 256 {
            seen += 1
            guard !self.isKnown(token, text) else { continue }
            guard enumeration.advance(&self.prose) else { return }
            self.bare(text, token.range)
        }
    }

    /// Whether there are words for it; what the words would be is taken back.
    mutating func isKnown(_ token: Token, _ text: RawSpan) -> Bool {
        if self.isMasked(token.range) { return true }
        let mark = self.prose.count
        defer { self.prose.rewind(to: mark) }
        return self.capability(text, token.range)
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
