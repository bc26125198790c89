import IMAPSession
import Traffic

struct ClientProofNotForwarded: Check {
    static let description = CheckDescription(
        id: "X03",
        name: "client-proof-not-forwarded",
        severity: .info,
        reference: "RFC 4422 appendix A, RFC 8446 section 4.4.3",
        summary: "a proof of the client that rests on its TLS connection ends at imapscope",
        rationale:
            "The key of a client certificate never leaves the client, and what GSSAPI or NTLM binds to one TLS connection does not hold on another.",
        remedy: "Give imapscope a certificate of its own for the server, or let the connection pass without ending TLS."
    )
    static let moments: Moments = [.tls, .authentication]

    func look(at moment: Moment, _ audit: Audit) {
        guard audit.session.isProxied else { return }
        switch moment {
        case .tls(let change):
            guard change.leg == .client, case .established(let facts) = change.outcome,
                let certificate = facts.clientCertificate
            else { return }
            audit.report(
                "the client showed a certificate for \(certificate.subject.cited), which imapscope cannot show to the server",
                blame: .configuration,
                leg: .client,
                direction: .client
            )
        case .authentication(let attempt):
            guard let what = Self.binding(attempt, audit.session) else { return }
            audit.report(what, blame: .configuration, direction: .client, offset: attempt.offset)
        default: return
        }
    }

    private static func binding(_ attempt: AuthenticationAttempt, _ session: AuditedSession) -> String? {
        switch attempt.mechanism {
        case "EXTERNAL":
            let mine = session.serverTLS?.clientCertificate.map { "the certificate for \($0.subject.cited)" }
            return
                "EXTERNAL rests on what imapscope shows to the server, \(mine ?? "no certificate"), not on the client's"
        case "NTLM", "GSS-SPNEGO", "GSSAPI":
            guard session.clientIsSecure, !attempt.succeeded else { return nil }
            if let binding = attempt.chosen("channel-bindings") {
                return binding == "none"
                    ? nil : "\(attempt.mechanism) is bound to the client's TLS connection, which ends at imapscope"
            }
            guard attempt.chosen("response") == nil else { return nil }
            return "\(attempt.mechanism) failed; if the client bound it to its TLS connection, that ends at imapscope"
        default: return nil
        }
    }
}
