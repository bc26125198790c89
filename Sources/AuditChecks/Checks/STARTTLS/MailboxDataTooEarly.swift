import IMAPProtocol
import IMAPSession
import Traffic

struct MailboxDataTooEarly: Check {
    static let description = CheckDescription(
        id: "S12",
        name: "mailbox-data-before-login",
        severity: .high,
        reference: "RFC 9051 section 11.3, CVE-2021-38370",
        summary: "data of mailboxes before anybody has logged in",
        rationale: "Clients that keep it show an attacker's folders and mails as those of the account.",
        remedy: "Let the client ignore mailbox data in this state; find out who sends it."
    )
    static let moments: Moments = .earlyUntagged

    func look(at moment: Moment, _ audit: Audit) {
        guard case .untagged(let message) = moment, let response = message.response else { return }
        let kinds: [Response] = [
            .list, .lsub, .status, .search, .esearch, .flags, .exists, .recent, .expunge, .vanished, .fetch,
        ]
        guard kinds.contains(response) else { return }
        audit.report("\(response.rawValue) before a login", blame: .server, leg: .upstream)
    }
}
