import IMAPWire
import Traffic

/// Rights and quotas (RFC 4314, RFC 9208).
extension Annotator {
    mutating func access(_ command: Command, _ text: RawSpan) {
        let mailbox = self.string(text)
        let identifier = command == .getacl || command == .myrights ? nil : self.string(text)
        switch command {
        case .getacl: self.prose.add("asks who may do what in ")
        case .myrights: self.prose.add("asks what the user may do in ")
        case .listrights: self.prose.add("asks which rights ")
        case .deleteacl: self.prose.add("removes all rights of ")
        default: self.setRights(text)
        }
        if let identifier {
            self.quoted(identifier, text)
            self.prose.add(command == .listrights ? " could get in " : command == .setacl ? " in " : " in ")
        }
        if let mailbox { self.mailbox(mailbox, text) } else { self.prose.add("a mailbox that is not named") }
    }

    /// RFC 4314 section 3.1: `+rights`, `-rights` or `rights`.
    private mutating func setRights(_ text: RawSpan) {
        guard let rights = self.string(text), rights.length > 0 else {
            self.prose.add("takes all rights from ")
            return
        }
        let sign = text[rights.offset]
        var letters = rights.range
        if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            letters = letters.lowerBound + 1..<letters.upperBound
        }
        switch sign {
        case UInt8(ascii: "+"): self.prose.add("adds rights ")
        case UInt8(ascii: "-"): self.prose.add("removes rights ")
        default: self.prose.add("sets rights ")
        }
        self.rights(text, letters)
        self.prose.add(sign == UInt8(ascii: "-") ? " of " : " for ")
    }

    /// `lrs (see it in lists, read, keep the read state)`.
    mutating func rights(_ text: RawSpan, _ letters: Range<Int>) {
        self.bare(text, letters)
        guard (1...4).contains(letters.count) else { return }
        self.prose.add(" (")
        for index in letters {
            if index > letters.lowerBound { self.prose.add(", ") }
            if let row = Registry.row(.right, text, index..<index + 1) {
                self.prose.add(row)
            } else {
                self.prose.add("unknown")
            }
        }
        self.prose.add(")")
    }

    mutating func quota(_ command: Command, _ text: RawSpan) {
        switch command {
        case .getquotaroot:
            self.prose.add("asks which quotas apply to ")
            self.mailboxArgument(text)
        case .getquota:
            self.prose.add("asks for usage and limits of quota ")
            self.mailboxArgument(text)
        default:
            self.prose.add("sets the limits of quota ")
            self.mailboxArgument(text)
            guard self.take(.listOpen, text) else { return }
            var separator: StaticString = ": "
            while let resource = self.string(text), let limit = self.number(text), !self.prose.isFull {
                self.prose.add(separator)
                self.quotaAmount(text, resource.range, limit)
                separator = ", "
            }
        }
    }

    /// `512 KiB`, `1,000 messages` (RFC 9208 section 5).
    mutating func quotaAmount(_ text: RawSpan, _ resource: Range<Int>, _ amount: UInt64) {
        self.prose.quantity(amount)
        self.prose.add(" ")
        if let row = Registry.row(.resource, text, resource) {
            self.prose.add(row)
        } else {
            self.bare(text, resource)
        }
    }
}
