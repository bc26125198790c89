/// What a session was told of mailboxes that it has opened, for the next time that it opens them.
struct MailboxMemory: Sendable {
    struct Facts: Sendable, Hashable {
        var uidValidity: UInt32?
        var highestModSequence: UInt64?
    }

    /// More mailboxes are not remembered.
    static let limit = 256

    private var facts: [String: Facts] = [:]

    /// What `view` breaks of what was said at an earlier SELECT; then remembers it instead.
    mutating func opened(_ view: MailboxView) -> MailboxViolation? {
        let key = Self.key(view.name)
        let before = self.facts[key]
        self.remember(view)
        guard let before else { return nil }
        if let old = before.uidValidity, let new = view.uidValidity, old != new {
            return .uidValidityChanged(mailbox: view.name, from: old, to: new)
        }
        if let old = before.highestModSequence, let new = view.highestModSequence, new < old {
            return .highestModSequenceFell(from: old, to: new)
        }
        return nil
    }

    mutating func remember(_ view: MailboxView) {
        let key = Self.key(view.name)
        guard self.facts[key] != nil || self.facts.count < Self.limit else { return }
        self.facts[key] = Facts(uidValidity: view.uidValidity, highestModSequence: view.highestModSequence)
    }

    /// The client itself deleted, created or renamed a mailbox: it may be another one now.
    mutating func forgetAll() {
        self.facts = [:]
    }

    /// INBOX is the same in any case (RFC 9051 section 5.1).
    static func key(_ name: String) -> String {
        name.utf8.count == 5 && name.uppercased() == "INBOX" ? "INBOX" : name
    }
}
