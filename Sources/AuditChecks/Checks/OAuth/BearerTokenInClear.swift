import IMAPProtocol
import IMAPSession
import Traffic

struct BearerTokenInClear: Check {
    static let description = CheckDescription(
        id: "O01",
        name: "bearer-token-in-clear",
        severity: .critical,
        reference: "RFC 6750 section 5.3, RFC 7628 section 5",
        summary: "a bearer token was sent in the clear",
        rationale: "Whoever reads it is the user until it expires, at all services that it is for.",
        remedy: "Use TLS from the first octet, and revoke the token."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isOAuth, !attempt.clientIsSecure else { return }
        audit.report(
            "\(attempt.mechanism) sent a bearer token in the clear",
            blame: .client,
            leg: .client,
            isOurs: audit.session.clearsClientLeg,
            direction: .client,
            offset: attempt.offset
        )
    }
}
