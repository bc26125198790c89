import IMAPWire
import Traffic

/// URLs of messages in words (RFC 5092, RFC 4467). The token of a signed URL is never among them.
extension Annotator {
    /// `the message with UID 20 in “INBOX” of fred at example.com, part 1.2, for anybody, until 31 Dec 2026`.
    mutating func messageURL(_ token: Token, _ text: RawSpan) {
        guard token.length <= 2048, let url = MessageURL(text, token.range) else {
            self.foreignURL(token, text)
            return
        }
        if !url.uid.isEmpty {
            self.prose.add("the message with UID ")
            self.bare(text, url.uid)
            if !url.mailbox.isEmpty { self.prose.add(" in ") }
        }
        if !url.mailbox.isEmpty {
            self.prose.add("“")
            self.decoded(url.mailbox, text)
            self.prose.add("”")
        } else if url.uid.isEmpty {
            self.prose.add("the server")
        }
        if !url.user.isEmpty {
            self.prose.add(" of ")
            self.decoded(url.user, text)
        }
        if !url.host.isEmpty {
            self.prose.add(" at ")
            self.bare(text, url.host)
        }
        if !url.section.isEmpty {
            self.prose.add(", part ")
            self.decoded(url.section, text)
        }
        if !url.partial.isEmpty {
            self.prose.add(", octets ")
            self.bare(text, url.partial)
        }
        self.access(url.access, text)
        if !url.expires.isEmpty {
            self.prose.add(", until ")
            self.bare(text, url.expires)
        }
    }

    /// RFC 4467 section 3: who may use the URL.
    private mutating func access(_ access: Range<Int>, _ text: RawSpan) {
        guard !access.isEmpty else { return }
        if text.matches(access, "ANONYMOUS") {
            self.prose.add(", for anybody")
        } else if text.matches(access, "AUTHUSER") {
            self.prose.add(", for any user who is logged in")
        } else if access.count > 7, text.matches(access.prefix(7), "SUBMIT+") {
            self.prose.add(", for the submission server on behalf of ")
            self.decoded(access.dropFirst(7), text)
        } else if access.count > 5, text.matches(access.prefix(5), "USER+") {
            self.prose.add(", for ")
            self.decoded(access.dropFirst(5), text)
        } else {
            self.prose.add(", for ")
            self.decoded(access, text)
        }
    }

    /// `https://…`, as it is; without the query and parameters, where tokens are carried.
    mutating func foreignURL(_ token: Token, _ text: RawSpan) {
        var end = token.offset
        while end < token.range.upperBound, !Annotator.beginsParameters(text[end]) { end += 1 }
        self.prose.add("“")
        self.bare(text, token.offset..<end, unescape: token.kind == .quoted)
        if end < token.range.upperBound { self.prose.add("…") }
        self.prose.add("”")
    }

    private static func beginsParameters(_ octet: UInt8) -> Bool {
        octet == UInt8(ascii: "?") || octet == UInt8(ascii: "#") || octet == UInt8(ascii: ";")
    }

    private mutating func decoded(_ range: Range<Int>, _ text: RawSpan) {
        if self.isMasked(range) {
            self.prose.add("(masked)")
            return
        }
        let octets = MessageURL.decode(text, range.prefix(4 * Annotator.shownCharacters))
        WireText.write(
            octets.span.bytes,
            0..<octets.count,
            unescape: false,
            limit: Annotator.shownCharacters,
            to: &self.prose
        )
    }
}
