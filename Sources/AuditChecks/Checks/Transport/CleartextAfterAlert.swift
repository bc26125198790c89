import IMAPProtocol
import IMAPSession
import Traffic

struct CleartextAfterAlert: Check {
    static let description = CheckDescription(
        id: "T11",
        name: "cleartext-after-tls-failure",
        severity: .critical,
        reference: "RFC 8314 section 5.1",
        summary: "a client fell back to cleartext after TLS had failed, and sent credentials",
        rationale: "Whoever can break the handshake gets the password.",
        remedy: "Configure the client to insist on TLS, and report it to its developers."
    )
    static let moments: Moments = [.tls, .authentication]

    func look(at moment: Moment, _ audit: Audit) {
        let peers = "\(audit.session.description.client.host) \(audit.session.description.server.host)"
        switch moment {
        case .tls(let change):
            guard case .failed(let failure) = change.outcome, failure.kind == .refusedByPeer, change.leg == .client
            else { return }
            _ = audit.history.note("tls-failed", peers, session: audit.session.description.connection.number)
        case .authentication(let attempt):
            guard !attempt.clientIsSecure, attempt.sendsSecret else { return }
            guard let first = audit.history.first("tls-failed", peers),
                first != audit.session.description.connection.number
            else { return }
            audit.report(
                "after its TLS handshake had failed in session \(first), the client sent credentials in the clear",
                blame: .client,
                leg: .client,
                direction: .client,
                offset: attempt.offset
            )
        default: break
        }
    }
}
