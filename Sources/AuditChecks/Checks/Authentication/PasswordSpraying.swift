import IMAPProtocol
import IMAPSession
import Traffic

struct PasswordSpraying: Check {
    static let description = CheckDescription(
        id: "A10",
        name: "password-spraying",
        severity: .high,
        reference: "RFC 9051 section 11.7",
        summary: "one peer tries many users, or one password for several",
        rationale: "A few likely passwords for all users pass the limits that count failures of one user.",
        remedy: "Block the peer, let the server count failures by address too, and look which of the users it got into."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, let user = attempt.user else { return }
        let peer = audit.session.description.client.host
        if let mark = attempt.outcome?.secretMark {
            let users = audit.history.distinct("users-of-secret", "\(peer) \(mark)", user)
            if users >= audit.policy.sprayLimit {
                audit.report("\(peer) sent one secret for \(users) users", blame: .client, direction: .client)
            }
        }
        guard !attempt.succeeded else { return }
        let users = audit.history.distinct("users-failed", peer, user)
        guard users >= audit.policy.sprayLimit else { return }
        audit.report("\(peer) has failed to log in as \(users) users", blame: .client, direction: .client)
    }
}
