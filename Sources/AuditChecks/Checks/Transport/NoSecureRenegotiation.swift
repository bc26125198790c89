import IMAPProtocol
import IMAPSession
import Traffic

struct NoSecureRenegotiation: Check {
    static let description = CheckDescription(
        id: "T08",
        name: "no-secure-renegotiation",
        severity: .medium,
        reference: "RFC 5746 section 3",
        summary: "the server does not know secure renegotiation",
        rationale: "An attacker can put commands of his own in front of a client's session.",
        remedy: "Update the server's TLS library, or turn renegotiation off and say so by RFC 5746."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome, facts.version < "TLS 1.3"
        else { return }
        guard facts.protections?.hasSecureRenegotiation == false else { return }
        audit.report("\(facts.version) without the indication of secure renegotiation", blame: .server, leg: change.leg)
    }
}
