import IMAPWire
import Traffic

/// APPEND (RFC 3501 section 6.3.11) with MULTIAPPEND (RFC 3502), CATENATE (RFC 4469) and UTF8 (RFC 6855); REPLACE
/// (RFC 8508).
extension Annotator {
    /// What is said about the first message, and how many follow.
    private struct Upload {
        var messages = 0
        var octets: UInt64 = 0
        var isUnknown = false
    }

    mutating func append(_ text: RawSpan) {
        let start = self.tokenizer.position
        self.skipValue(text)
        let first = self.tokenizer.position
        var upload = Upload()
        while self.skipMessage(text, &upload) {}
        self.prose.add("uploads ")
        if upload.messages == 1 {
            self.prose.add(upload.isUnknown ? "a message" : "a message of ")
        } else {
            self.prose.counted(UInt64(upload.messages), "message", "messages")
            if !upload.isUnknown, upload.messages > 0 { self.prose.add(", in all ") }
        }
        if !upload.isUnknown, upload.messages > 0 { self.prose.counted(upload.octets, "octet", "octets") }
        self.prose.add(" to ")
        self.tokenizer.reset(to: start)
        self.mailboxArgument(text)
        if upload.messages == 1 {
            self.tokenizer.reset(to: first)
            self.appendOptions(text)
        }
    }

    /// Passes over flags, date and data of one message; false at the end.
    private mutating func skipMessage(_ text: RawSpan, _ upload: inout Upload) -> Bool {
        while let token = self.next(text) {
            switch token.kind {
            case .literal:
                upload.messages += 1
                let (sum, carry) = upload.octets.addingReportingOverflow(self.literalSize(token, text))
                upload.octets = carry ? .max : sum
                // `UTF8 (~{n}` (RFC 6855 section 4) and its like close behind the literal.
                _ = self.take(.listClose, text)
                return true
            case .listOpen:
                if self.peek(text)?.kind != .literal { self.skipList(text) }
            case .atom where text.matches(token.range, "CATENATE"):
                upload.messages += 1
                upload.isUnknown = true
                self.skipValue(text)
                return true
            default: break
            }
        }
        return false
    }

    private mutating func appendOptions(_ text: RawSpan) {
        while let token = self.next(text), !self.prose.isFull {
            switch token.kind {
            case .listOpen:
                if self.peek(text)?.kind == .literal { return }
                if self.peek(text)?.kind != .listClose {
                    self.prose.add(", ")
                    self.flags(text)
                } else {
                    self.skipList(text)
                }
            case .quoted:
                self.prose.add(", dated ")
                self.date(text, token.range)
            case .atom where text.matches(token.range, "CATENATE"):
                self.catenation(text)
                return
            case .atom where text.matches(token.range, "ANNOTATION"):
                // RFC 5257 section 4.6
                self.prose.add(", annotated ")
                self.value(text)
            case .atom: break
            default: return
            }
        }
    }

    /// `(URL "/INBOX/;UID=20" TEXT {42} …)` (RFC 4469 section 3).
    private mutating func catenation(_ text: RawSpan) {
        self.prose.add(", put together from ")
        guard self.take(.listOpen, text) else { return }
        let count = (self.countValues(text) + 1) / 2
        if count == 0 { self.prose.add("nothing") }
        var enumeration = Enumeration(count: count, limit: 4)
        while enumeration.advance(&self.prose), let kind = self.string(text), let value = self.string(text) {
            if text.matches(kind.range, "URL") {
                self.messageURL(value, text)
            } else if text.matches(kind.range, "TEXT") {
                self.prose.counted(self.octets(of: value, text), "octet", "octets")
                self.prose.add(" of text")
            } else {
                self.unknown("part ", text, kind.range)
            }
        }
        self.skipList(text)
    }

    mutating func replace(_ text: RawSpan, isUID: Bool) {
        self.prose.add("replaces ")
        if let set = self.string(text) { self.messages(text, set.range, isUID: isUID) }
        self.prose.add(" by a new version in ")
        self.mailboxArgument(text)
        let options = self.tokenizer.position
        var upload = Upload()
        while self.skipMessage(text, &upload) {}
        if upload.messages > 0, !upload.isUnknown {
            self.prose.add(", ")
            self.prose.counted(upload.octets, "octet", "octets")
        }
        self.tokenizer.reset(to: options)
        self.appendOptions(text)
    }
}
