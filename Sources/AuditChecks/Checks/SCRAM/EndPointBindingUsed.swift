import IMAPProtocol
import IMAPSession
import Traffic

struct EndPointBindingUsed: Check {
    static let description = CheckDescription(
        id: "SC17",
        name: "end-point-binding-used",
        severity: .low,
        reference: "RFC 9266 section 1",
        summary: "the client binds to the server's certificate, where it could bind to the connection",
        rationale: "tls-server-end-point is the same on every connection: it does not notice who has the server's key.",
        remedy: "Use tls-exporter where both sides have TLS 1.3."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.chosen("cb-name") == "tls-server-end-point",
            audit.session.clientTLS?.version == "TLS 1.3"
        else { return }
        audit.report("tls-server-end-point under TLS 1.3", blame: .client, direction: .client, offset: attempt.offset)
    }
}
