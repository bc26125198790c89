import IMAPProtocol
import IMAPSession
import Traffic

struct AuthenticationCancelled: Check {
    static let description = CheckDescription(
        id: "A05",
        name: "authentication-cancelled",
        severity: .info,
        reference: "RFC 9051 section 6.2.2",
        summary: "the client cancelled an authentication",
        rationale: "It has seen something that it does not accept, or a step failed on its side.",
        remedy: "Look into the client's log; the challenge before the * is what it did not like."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.outcome?.cancelled == true else { return }
        let steps = attempt.steps(of: .server).count
        audit.report(
            "\(attempt.mechanism.cited) was cancelled after \(steps) \(steps == 1 ? "challenge" : "challenges")",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
