import IMAPProtocol
import IMAPSession
import Traffic

struct OlderOAuthMechanism: Check {
    static let description = CheckDescription(
        id: "O02",
        name: "older-oauth-mechanism",
        severity: .low,
        reference: "RFC 7628 section 3",
        summary: "XOAUTH2 was used although OAUTHBEARER is offered",
        rationale:
            "XOAUTH2 is a vendor's, and tells the server neither host nor port, by which a token that was stolen is recognised.",
        remedy: "Let the client use OAUTHBEARER where it is offered."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "XOAUTH2",
            attempt.offer?.contains("AUTH=OAUTHBEARER") == true
        else { return }
        audit.report(
            "XOAUTH2 was used, OAUTHBEARER is offered",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
