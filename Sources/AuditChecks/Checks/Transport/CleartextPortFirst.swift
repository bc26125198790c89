import IMAPProtocol
import IMAPSession
import Traffic

struct CleartextPortFirst: Check {
    static let description = CheckDescription(
        id: "T18",
        name: "cleartext-port-first",
        severity: .info,
        reference: "RFC 8314 section 3",
        summary: "a client uses port 143 although port 993 of the same server is open",
        rationale: "TLS from the first octet has no unprotected beginning that can be tampered with.",
        remedy: "Configure port 993 in the client."
    )
    static let moments: Moments = .began

    func look(at moment: Moment, _ audit: Audit) {
        guard case .began(let description) = moment, !audit.session.isProxied else { return }
        let number = description.connection.number
        if description.server.port == 993 {
            _ = audit.history.note("imaps", description.server.host, session: number)
        } else if description.server.port == 143, let other = audit.history.first("imaps", description.server.host) {
            audit.report(
                "port 143 was used although session \(other) found port 993 of the same server open",
                blame: .client
            )
        }
    }
}
