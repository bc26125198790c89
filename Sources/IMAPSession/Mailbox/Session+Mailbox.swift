import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - The mailbox

extension Session {
    /// What is known of the mailbox that is open; nil when none is.
    public var mailboxView: MailboxView? { self.tracker.view }

    /// What the client has enabled so far.
    public var enabled: EnabledExtensions { self.tracker.enabled }

    var mailboxContext: MailboxTracker.Context {
        MailboxTracker.Context(
            state: self.state,
            running: self.running,
            sending: self.sending,
            selecting: self.selecting,
            literalPrefix: self.options.limits.literalPrefix
        )
    }

    /// RFC 2177 section 3 advises to renew IDLE every 29 minutes.
    func checkIdle(_ exchange: Int, _ message: inout Message) {
        guard let began = self.running.first(where: { $0.number == exchange })?.began else { return }
        let minutes = message.time.since(began) / 60_000_000_000
        if minutes > 29 { message.findings.append(.mailbox(.longIdle(minutes: minutes), at: message.offset)) }
    }
}
