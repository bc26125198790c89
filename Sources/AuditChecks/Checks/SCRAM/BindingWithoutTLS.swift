import IMAPProtocol
import IMAPSession
import Traffic

struct BindingWithoutTLS: Check {
    static let description = CheckDescription(
        id: "SC25",
        name: "scram-binding-without-tls",
        severity: .high,
        reference: "RFC 5802 section 6, RFC 5056 section 2",
        summary: "a -PLUS mechanism was used without TLS",
        rationale: "There is nothing to bind to: what is sent as binding is made up.",
        remedy: "Use TLS, and let the server offer -PLUS under TLS only."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, attempt.isPlus, !attempt.clientIsSecure
        else { return }
        audit.report(
            "\(attempt.mechanism) without TLS",
            blame: .client,
            leg: .client,
            isOurs: audit.session.clearsClientLeg,
            direction: .client,
            offset: attempt.offset
        )
    }
}
