import IMAPWire
import Traffic

/// ID of both sides (RFC 2971), and Apple's registration for push notification, which names a device.
extension Annotator {
    /// RFC 2971 section 3.1 allows 30 pairs.
    private static let pairs = 30

    mutating func identification(_ text: RawSpan) {
        guard self.take(.listOpen, text) else {
            self.prose.add("asks what software the server is, saying nothing of itself")
            return
        }
        self.prose.add("says it is ")
        self.software(text, nameless: "a client without a name")
    }

    mutating func serverIdentification(_ text: RawSpan) {
        guard self.take(.listOpen, text) else {
            self.prose.add("the server does not say what it is")
            return
        }
        self.prose.add("the server says it is ")
        self.software(text, nameless: "a server without a name")
    }

    /// `Thunderbird 115.3 on Linux (vendor Mozilla)` from the pairs of RFC 2971 section 3.3.
    private mutating func software(_ text: RawSpan, nameless: StaticString) {
        let start = self.tokenizer.position
        var name: Token?
        var version: Token?
        var system: Token?
        for _ in 0..<Annotator.pairs {
            guard let key = self.string(text), let value = self.string(text) else { break }
            if self.isNil(value, text) { continue }
            if text.matches(key.range, "NAME") { name = name ?? value }
            if text.matches(key.range, "VERSION") { version = version ?? value }
            if text.matches(key.range, "OS") { system = system ?? value }
        }
        if let name {
            self.bare(text, name.range, unescape: true)
        } else {
            self.prose.add(nameless)
        }
        if let version {
            self.prose.add(" ")
            self.bare(text, version.range, unescape: true)
        }
        if let system {
            self.prose.add(" on ")
            self.bare(text, system.range, unescape: true)
        }
        self.tokenizer.reset(to: start)
        self.furtherFacts(text)
    }

    /// ` (vendor Mozilla, support-url https://…)`: what was not said yet.
    private mutating func furtherFacts(_ text: RawSpan) {
        var isFirst = true
        for _ in 0..<Annotator.pairs {
            guard !self.prose.isFull, let key = self.string(text), let value = self.string(text) else { break }
            let isSaid =
                text.matches(key.range, "NAME") || text.matches(key.range, "VERSION") || text.matches(key.range, "OS")
            if isSaid || self.isNil(value, text) { continue }
            self.prose.add(isFirst ? " (" : ", ")
            isFirst = false
            self.bare(text, key.range, unescape: true)
            self.prose.add(" ")
            self.bare(text, value.range, unescape: true)
        }
        if !isFirst { self.prose.add(")") }
    }

    /// `aps-version 2 aps-account-id … aps-device-token … aps-subtopic com.apple.mobilemail mailboxes (INBOX)`: the
    /// account and the token name a device and stay unsaid.
    mutating func pushRegistration(_ text: RawSpan) {
        self.prose.add("registers an Apple device for push notification")
        for _ in 0..<Annotator.pairs {
            guard !self.prose.isFull, let key = self.string(text) else { break }
            if text.matches(key.range, "MAILBOXES") {
                self.prose.add(" of ")
                if !self.mailboxes(text) { self.prose.add("no mailbox") }
            } else if text.matches(key.range, "APS-SUBTOPIC"), let topic = self.string(text) {
                self.prose.add(" under ")
                self.bare(text, topic.range, unescape: true)
            } else if text.matches(key.range, "APS-VERSION"), let version = self.string(text) {
                self.prose.add(" (version ")
                self.bare(text, version.range, unescape: true)
                self.prose.add(")")
            } else {
                self.skipValue(text)
            }
        }
    }

    mutating func pushRegistered(_ text: RawSpan) {
        self.prose.add("push notification is registered")
        for _ in 0..<Annotator.pairs {
            guard !self.prose.isFull, let key = self.string(text), let value = self.string(text) else { break }
            if text.matches(key.range, "MAILBOX") {
                self.prose.add(" for ")
                self.mailbox(value, text)
            } else if text.matches(key.range, "APS-TOPIC") {
                self.prose.add(" under the topic ")
                self.bare(text, value.range, unescape: true)
            } else if text.matches(key.range, "APS-VERSION") {
                self.prose.add(" (version ")
                self.bare(text, value.range, unescape: true)
                self.prose.add(")")
            }
        }
    }
}
