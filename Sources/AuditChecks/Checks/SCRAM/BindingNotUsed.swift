import IMAPProtocol
import IMAPSession
import Traffic

struct BindingNotUsed: Check {
    static let description = CheckDescription(
        id: "SC10",
        name: "scram-binding-not-used",
        severity: .medium,
        reference: "RFC 5802 section 6",
        summary: "the client does not bind to TLS although the server offers it",
        rationale: "A stranger in the middle with a certificate that the client accepts goes unnoticed.",
        remedy: "Use a client that knows -PLUS mechanisms."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, !attempt.isPlus, attempt.clientIsSecure,
            attempt.chosen("gs2-cbind-flag") == "n", let plus = attempt.offeredPlus
        else { return }
        audit.report(
            "the client cannot bind (n), \(plus) is offered",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
