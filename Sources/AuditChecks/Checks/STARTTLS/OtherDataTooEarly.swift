import IMAPProtocol
import IMAPSession
import Traffic

struct OtherDataTooEarly: Check {
    static let description = CheckDescription(
        id: "S20",
        name: "data-before-login",
        severity: .medium,
        reference: "RFC 9051 section 11.3",
        summary: "untagged data before anybody has logged in",
        rationale:
            "Clients that keep it believe an attacker; the specification allows CAPABILITY, ID and status responses there.",
        remedy: "Let the client ignore it; find out who sends it."
    )
    static let moments: Moments = .earlyUntagged

    func look(at moment: Moment, _ audit: Audit) {
        guard case .untagged(let message) = moment, let response = message.response else { return }
        let kinds: [Response] = [
            .enabled, .namespace, .quota, .quotaroot, .acl, .listrights, .myrights, .metadata, .annotation, .thread,
            .sort,
        ]
        guard kinds.contains(response) || (response == .id && !audit.session.serverIsSecure) else { return }
        audit.report("\(response.rawValue) before a login", blame: .server, leg: .upstream)
    }
}
