import IMAPProtocol
import IMAPSession
import Traffic

struct StartTLSStillOffered: Check {
    static let description = CheckDescription(
        id: "S10",
        name: "starttls-still-offered",
        severity: .low,
        reference: "RFC 9051 section 6.2.1",
        summary: "STARTTLS is offered although TLS is on",
        rationale: "Clients that believe it fail, or begin TLS within TLS.",
        remedy: "Update the server."
    )
    static let moments: Moments = .capabilities

    func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment, offer.isSecure, offer.contains("STARTTLS"),
            !audit.session.isProxied || audit.session.serverIsSecure
        else { return }
        audit.report("STARTTLS is in the list under TLS", blame: .server, leg: .upstream)
    }
}
