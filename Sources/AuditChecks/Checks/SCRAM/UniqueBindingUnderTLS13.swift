import IMAPProtocol
import IMAPSession
import Traffic

struct UniqueBindingUnderTLS13: Check {
    static let description = CheckDescription(
        id: "SC15",
        name: "tls-unique-under-tls13",
        severity: .high,
        reference: "RFC 9266 section 3",
        summary: "tls-unique was used under TLS 1.3, which has none",
        rationale:
            "Nobody knows what these octets are: each library makes up its own, or an empty value, which protects nothing.",
        remedy: "Use tls-exporter with TLS 1.3."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.chosen("cb-name") == "tls-unique",
            audit.session.clientTLS?.version == "TLS 1.3"
        else { return }
        audit.report("tls-unique under TLS 1.3", blame: .client, direction: .client, offset: attempt.offset)
    }
}
