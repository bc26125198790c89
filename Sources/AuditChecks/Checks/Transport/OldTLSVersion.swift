import IMAPProtocol
import IMAPSession
import Traffic

struct OldTLSVersion: Check {
    static let description = CheckDescription(
        id: "T04",
        name: "old-tls-version",
        severity: .high,
        reference: "RFC 8996, RFC 8997",
        summary: "a TLS version was used that the policy does not allow",
        rationale: "TLS before 1.2 rests on MD5 and SHA-1 and has known attacks; its use is forbidden.",
        remedy: "Turn TLS 1.0 and 1.1 off on the server, and update clients that know nothing newer."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome else { return }
        guard facts.version.hasPrefix("TLS 1.") || facts.version.hasPrefix("SSL") else { return }
        let isOld = facts.version < "TLS 1.2"
        guard isOld || facts.version < audit.policy.minimumTLS else { return }
        audit.report(
            "\(facts.version) was negotiated; the policy asks for \(max(audit.policy.minimumTLS, "TLS 1.2")) or newer",
            blame: change.leg == .client ? .client : .server,
            severity: isOld ? .high : .medium,
            leg: change.leg
        )
    }
}
