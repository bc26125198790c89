import IMAPProtocol
import IMAPSession
import Traffic

struct ActsAsOther: Check {
    static let description = CheckDescription(
        id: "A02",
        name: "acts-as-other",
        severity: .info,
        reference: "RFC 4616 section 2, RFC 9051 section 6.2.2",
        summary: "somebody asks to act as another user",
        rationale:
            "Proxy authorization is meant for administrators; a server that grants it too freely opens all mailboxes.",
        remedy: "Check who may act for whom in the server's configuration."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, let user = attempt.user,
            let identity = attempt.outcome?.authorizationIdentity, !identity.isEmpty, identity != user
        else { return }
        audit.report(
            "\(user.cited) asks to act as \(identity.cited)" + (attempt.succeeded ? ", and the server agreed" : ""),
            blame: .client,
            severity: attempt.succeeded ? .medium : .info,
            direction: .client,
            offset: attempt.offset
        )
    }
}
