import IMAPProtocol
import IMAPSession
import Traffic

struct NoExtendedMasterSecret: Check {
    static let description = CheckDescription(
        id: "T07",
        name: "no-extended-master-secret",
        severity: .medium,
        reference: "RFC 7627 section 4, RFC 7677 section 4",
        summary: "TLS 1.2 without extended master secret",
        rationale:
            "The session's secret is not bound to its handshake, so channel bindings of SCRAM-PLUS can be forged by the triple handshake attack.",
        remedy: "Use TLS 1.3, or libraries that speak RFC 7627."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome, facts.version < "TLS 1.3"
        else { return }
        guard facts.protections?.hasExtendedMasterSecret == false else { return }
        audit.report("\(facts.version) without extended master secret", blame: .server, leg: change.leg)
    }
}
