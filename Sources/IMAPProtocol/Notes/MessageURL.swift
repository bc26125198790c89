import Traffic

/// The parts of an IMAP URL (RFC 5092 section 11, RFC 4467 section 8), as ranges of the text; absent ones are empty.
///
/// What signs the URL is left out: it is worth as much as a password.
struct MessageURL: Sendable {
    private(set) var user = 0..<0
    private(set) var host = 0..<0
    private(set) var mailbox = 0..<0
    private(set) var uid = 0..<0
    private(set) var section = 0..<0
    private(set) var partial = 0..<0
    private(set) var expires = 0..<0
    /// `submit+fred`, `authuser` …; empty for a URL that is not to be used by others.
    private(set) var access = 0..<0
    /// `INTERNAL`
    private(set) var mechanism = 0..<0

    /// Reads an absolute URL or one relative to the server (`/INBOX/;UID=20`); nil when it is another scheme's.
    init?(_ text: RawSpan, _ range: Range<Int>) {
        var index = range.lowerBound
        let scheme = MessageURL.run(text, index..<range.upperBound) {
            $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/")
        }
        let authority = scheme.upperBound + 3
        if text.matches(scheme, "IMAP") || text.matches(scheme, "IMAPS") {
            guard authority <= range.upperBound, text[scheme.upperBound] == UInt8(ascii: ":") else { return nil }
            index = self.readAuthority(text, authority..<range.upperBound)
        } else if index >= range.upperBound || text[index] != UInt8(ascii: "/") {
            return nil
        }
        if index < range.upperBound { index += 1 }
        let path = MessageURL.run(text, index..<range.upperBound) { $0 == UInt8(ascii: ";") }
        self.mailbox = path
        if let last = path.last, text[last] == UInt8(ascii: "/") { self.mailbox = path.lowerBound..<last }
        self.readParameters(text, path.upperBound..<range.upperBound)
    }

    /// `user;AUTH=mech@host:port`; returns where the path begins.
    private mutating func readAuthority(_ text: RawSpan, _ range: Range<Int>) -> Int {
        let authority = MessageURL.run(text, range) { $0 == UInt8(ascii: "/") }
        let login = MessageURL.run(text, authority) { $0 == UInt8(ascii: "@") }
        if login.upperBound < authority.upperBound {
            self.user = MessageURL.run(text, login) { $0 == UInt8(ascii: ";") }
            self.host = login.upperBound + 1..<authority.upperBound
        } else {
            self.host = authority
        }
        return authority.upperBound
    }

    /// `;UIDVALIDITY=385759043/;UID=20/;SECTION=1.2;EXPIRE=…;URLAUTH=access:mech:token`
    private mutating func readParameters(_ text: RawSpan, _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let name = MessageURL.run(text, index + 1..<range.upperBound) {
                $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ";")
            }
            let value = MessageURL.run(text, min(name.upperBound + 1, range.upperBound)..<range.upperBound) {
                $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: "/")
            }
            if text.matches(name, "UID") { self.uid = value }
            if text.matches(name, "SECTION") { self.section = value }
            if text.matches(name, "PARTIAL") { self.partial = value }
            if text.matches(name, "EXPIRE") { self.expires = value }
            if text.matches(name, "URLAUTH") {
                self.access = MessageURL.run(text, value) { $0 == UInt8(ascii: ":") }
                let rest = min(self.access.upperBound + 1, value.upperBound)..<value.upperBound
                self.mechanism = MessageURL.run(text, rest) { $0 == UInt8(ascii: ":") }
            }
            index = max(value.upperBound, index + 1)
            if index < range.upperBound, text[index] == UInt8(ascii: "/") { index += 1 }
        }
    }

    private static func run(_ text: RawSpan, _ range: Range<Int>, until isEnd: (UInt8) -> Bool) -> Range<Int> {
        var index = range.lowerBound
        while index < range.upperBound, !isEnd(text[index]) { index += 1 }
        return range.lowerBound..<max(range.lowerBound, index)
    }

    /// The octets of `range` with `%41` as `A` (RFC 3986 section 2.1).
    static func decode(_ text: RawSpan, _ range: Range<Int>) -> [UInt8] {
        var octets: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            var octet = text[index]
            if octet == UInt8(ascii: "%"), index + 2 < range.upperBound, let high = EncodedWord.nibble(text[index + 1]),
                let low = EncodedWord.nibble(text[index + 2])
            {
                octet = high << 4 | low
                index += 2
            }
            octets.append(octet)
            index += 1
        }
        return octets
    }
}
