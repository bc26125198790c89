import IMAPProtocol
import IMAPSession
import Traffic

struct TokenShared: Check {
    static let description = CheckDescription(
        id: "O09",
        name: "token-shared",
        severity: .medium,
        reference: "RFC 6750 section 5.2",
        summary: "one token came from several clients",
        rationale: "Tokens are issued to one client; the second may be a thief.",
        remedy: "Find out who the second is; revoke the token."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isOAuth, let mark = attempt.outcome?.secretMark
        else { return }
        let peer = audit.session.description.client.host
        let peers = audit.history.distinct("peers-of-token", mark, peer)
        guard peers > 1 else { return }
        audit.report(
            "this token came from \(peers) addresses, the last is \(peer)",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
