import IMAPSession
import Traffic

struct BindingDiffers: Check {
    static let description = CheckDescription(
        id: "SC14",
        name: "scram-binding-differs",
        severity: .critical,
        reference: "RFC 5056 section 2, RFC 5929, RFC 9266",
        summary: "the client is bound to another TLS connection than this one",
        rationale:
            "Client and server see two connections: somebody stands between them and ends TLS on both sides, which is what the binding is there to notice.",
        remedy:
            "Find out who ends TLS; where imapscope does, give it the server's certificate and key, or let the client use a mechanism without -PLUS."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, let verdict = attempt.outcome?.binding else { return }
        let answer = attempt.succeeded ? "the server let it in all the same" : "the server did not let it in"
        if verdict.client == .differs {
            audit.report(
                "c= has another value of \(verdict.name.cited) than the connection; \(answer)",
                blame: .client,
                leg: .client,
                direction: .client,
                offset: attempt.offset
            )
        } else if verdict.upstream == .differs {
            audit.report(
                "c= has the \(verdict.name.cited) of the client's connection, the server sees that of imapscope, which ends TLS; \(answer)",
                blame: .configuration,
                leg: .upstream,
                isOurs: true,
                direction: .client,
                offset: attempt.offset
            )
        }
    }
}
