import IMAPProtocol
import IMAPSession
import Traffic

struct UniqueBindingUnsafe: Check {
    static let description = CheckDescription(
        id: "SC16",
        name: "tls-unique-unsafe",
        severity: .high,
        reference: "RFC 7677 section 4, RFC 7627 section 5.4",
        summary: "tls-unique was used on a connection where two sessions can have the same value",
        rationale:
            "By the triple handshake attack a stranger in the middle has the same value on both of its connections.",
        remedy: "Use extended master secret or TLS 1.3, and no resumption with tls-unique."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.chosen("cb-name") == "tls-unique",
            let facts = audit.session.clientTLS, facts.version < "TLS 1.3",
            facts.protections?.hasExtendedMasterSecret == false
        else { return }
        audit.report(
            "tls-unique under \(facts.version) without extended master secret\(facts.isResumed ? ", resumed" : "")",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
