import IMAPWire
import Traffic

/// Answers about rights and quotas (RFC 4314, RFC 9208).
extension Annotator {
    mutating func accessResponse(_ response: Response, _ text: RawSpan) {
        guard let mailbox = self.string(text) else { return }
        switch response {
        case .myrights:
            guard let rights = self.string(text) else { return }
            self.prose.add("the user's rights in ")
            self.mailbox(mailbox, text)
            self.prose.add(": ")
            if rights.length == 0 { self.prose.add("none") } else { self.rights(text, rights.range) }
        case .listrights:
            guard let identifier = self.string(text) else { return }
            self.prose.add("rights that ")
            self.quoted(identifier, text)
            self.prose.add(" always has in ")
            self.mailbox(mailbox, text)
            self.prose.add(": ")
            if let always = self.string(text), always.length > 0 {
                self.bare(text, always.range)
            } else {
                self.prose.add("none")
            }
            self.prose.add("; could get ")
            if !self.words(text) { self.prose.add("no others") }
        default:
            self.prose.add("rights in ")
            self.mailbox(mailbox, text)
            self.prose.add(": ")
            let count = (self.countValues(text) + 1) / 2
            if count == 0 { self.prose.add("none") }
            var enumeration = Enumeration(count: count)
            while enumeration.advance(&self.prose), let identifier = self.string(text) {
                self.quoted(identifier, text)
                self.prose.add(" ")
                if let rights = self.string(text) { self.bare(text, rights.range) }
            }
        }
    }

    mutating func quotaResponse(_ response: Response, _ text: RawSpan) {
        guard let name = self.string(text) else { return }
        if response == .quotaroot {
            self.mailbox(name, text)
            let count = self.countValues(text)
            self.prose.add(count == 0 ? " has no quota" : " is under quota ")
            var enumeration = Enumeration(count: count)
            while enumeration.advance(&self.prose), let root = self.string(text) { self.mailbox(root, text) }
            return
        }
        self.prose.add("quota ")
        self.mailbox(name, text)
        guard self.take(.listOpen, text) else { return }
        self.prose.add(": ")
        var isFirst = true
        while let resource = self.string(text), let usage = self.number(text), let limit = self.number(text),
            !self.prose.isFull
        {
            if !isFirst { self.prose.add(", ") }
            isFirst = false
            self.prose.quantity(usage)
            self.prose.add(" of ")
            self.quotaAmount(text, resource.range, limit)
        }
        if isFirst { self.prose.add("no limits") }
    }
}
