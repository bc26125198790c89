import IMAPProtocol
import IMAPSession
import Traffic

struct NoStartTLSOffered: Check {
    static let description = CheckDescription(
        id: "T03",
        name: "no-starttls-offered",
        severity: .high,
        reference: "RFC 9051 section 11.1",
        summary: "a cleartext port does not offer STARTTLS before the login",
        rationale: "Clients cannot encrypt even if they want to, so every password passes in the clear.",
        remedy: "Offer STARTTLS on the cleartext port, or close it in favour of port 993."
    )
    static let moments: Moments = .capabilities

    func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment, !offer.isSecure, !offer.isAuthenticated, !audit.session.isPartial
        else { return }
        guard !offer.contains("STARTTLS"), audit.session.greetingStatus != .bye else { return }
        audit.report(
            "\(audit.session.server) offers no STARTTLS on a cleartext connection",
            blame: .server,
            leg: .upstream
        )
    }
}
