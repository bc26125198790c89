import IMAPProtocol
import IMAPSession
import Traffic

struct StartTLSStripped: Check {
    static let description = CheckDescription(
        id: "S01",
        name: "starttls-stripped",
        severity: .critical,
        reference: "RFC 8314 section 5.1, CVE-2020-37248",
        summary:
            "STARTTLS was not in the list of a server that is known to offer it, and the client logged in in the clear",
        rationale:
            "Taking STARTTLS out of a list is the simplest attack on it; a client that does not insist never notices.",
        remedy: "Let the client insist on TLS, and find out who changes the list."
    )
    static let moments: Moments = [.capabilities, .authentication]

    func look(at moment: Moment, _ audit: Audit) {
        let server = audit.session.server
        switch moment {
        case .capabilities(let offer):
            guard offer.contains("STARTTLS") else { return }
            _ = audit.history.note("starttls", server, session: audit.session.description.connection.number)
        case .authentication(let attempt):
            guard !attempt.serverIsSecure, !attempt.clientIsSecure, let offer = attempt.offer,
                !offer.contains("STARTTLS")
            else { return }
            guard let first = audit.history.first("starttls", server) else { return }
            audit.report(
                "\(server) offered STARTTLS in session \(first) and not here, and the client sent its login in the clear",
                blame: .client,
                leg: .client,
                direction: .client,
                offset: attempt.offset
            )
        default: break
        }
    }
}
