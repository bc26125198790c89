import IMAPSession
import Traffic

struct CleartextCredentials: Check {
    static let description = CheckDescription(
        id: "T01",
        name: "cleartext-credentials",
        severity: .critical,
        reference: "RFC 9051 section 6.2.3, RFC 8314 section 3",
        summary: "a password or a token was sent in the clear",
        rationale: "Whoever reads the network on the way has the password, or a token as good as one.",
        remedy: "Use TLS from the first octet (port 993), and let the server refuse plaintext logins without TLS."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.sendsSecret, !attempt.isOAuth else { return }
        if !attempt.clientIsSecure {
            let isOurs = audit.session.isProxied && attempt.serverIsSecure
            audit.report(
                isOurs
                    ? "\(attempt.mechanism) sent a password in the clear to imapscope, whose upstream leg is TLS"
                    : "\(attempt.mechanism) sent a password in the clear",
                blame: .client,
                leg: .client,
                isOurs: isOurs,
                direction: .client,
                offset: attempt.offset
            )
        }
        if audit.session.isProxied, !attempt.serverIsSecure, attempt.clientIsSecure {
            audit.report(
                "\(attempt.mechanism) came over TLS and went on to the server in the clear",
                blame: .configuration,
                leg: .upstream,
                isOurs: true,
                direction: .client,
                offset: attempt.offset
            )
        }
    }
}
