import IMAPProtocol
import IMAPSession
import Traffic

struct SecretInClearAndTLS: Check {
    static let description = CheckDescription(
        id: "A16",
        name: "secret-in-clear-and-tls",
        severity: .high,
        reference: "RFC 8314 section 3",
        summary: "the same secret passed in the clear and under TLS",
        rationale: "What TLS protects in one session was readable in another.",
        remedy: "Change the password, and close the cleartext way."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, let mark = attempt.outcome?.secretMark else { return }
        let isSecure = attempt.clientIsSecure || attempt.serverIsSecure
        _ = audit.history.note(
            isSecure ? "secret-tls" : "secret-clear",
            mark,
            session: audit.session.description.connection.number
        )
        guard let other = audit.history.first(isSecure ? "secret-clear" : "secret-tls", mark) else { return }
        audit.report(
            isSecure
                ? "this secret passed in the clear in session \(other)"
                : "this secret passes in the clear, session \(other) protected it",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
