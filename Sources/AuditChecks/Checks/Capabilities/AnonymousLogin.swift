import IMAPProtocol
import IMAPSession
import Traffic

struct AnonymousLogin: Check {
    static let description = CheckDescription(
        id: "C11",
        name: "anonymous-login",
        severity: .medium,
        reference: "RFC 4505 section 3",
        summary: "the server offers ANONYMOUS, or somebody used it",
        rationale: "Everybody can read what anonymous users may read.",
        remedy: "Switch ANONYMOUS off where public mailboxes are not wanted."
    )
    static let moments: Moments = [.capabilities, .authentication]

    func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .capabilities(let offer) where !offer.isAuthenticated && offer.contains("AUTH=ANONYMOUS"):
            audit.report("AUTH=ANONYMOUS is offered", blame: .server, leg: .upstream, direction: .server)
        case .authentication(let attempt) where attempt.mechanism == "ANONYMOUS" && attempt.succeeded:
            audit.reportAgain("an anonymous login succeeded", blame: .server, severity: .medium)
        default: break
        }
    }
}
