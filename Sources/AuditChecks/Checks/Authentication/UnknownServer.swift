import IMAPProtocol
import IMAPSession
import Traffic

struct UnknownServer: Check {
    static let description = CheckDescription(
        id: "A15",
        name: "unknown-server",
        severity: .high,
        reference: "RFC 2221 section 4, RFC 9051 section 11.3",
        summary: "credentials were sent to a server that the policy does not know",
        rationale: "A referral, a redirected name or a wrong setting sends passwords to strangers.",
        remedy: "Correct the client's setting, or add the server to the policy's servers."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, !audit.policy.servers.isEmpty else { return }
        let server = audit.session.description.server
        let names = [server.host, server.description, audit.session.serverTLS?.serverName].compactMap {
            $0?.lowercased()
        }
        guard audit.policy.servers.isDisjoint(with: names) else { return }
        audit.report(
            "\(attempt.mechanism.cited) went to \(server)",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
