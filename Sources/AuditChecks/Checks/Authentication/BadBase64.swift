import IMAPProtocol
import IMAPSession
import SASL
import Traffic

struct BadBase64: Check {
    static let description = CheckDescription(
        id: "A03",
        name: "bad-base64",
        severity: .medium,
        reference: "RFC 9051 section 6.2.2, RFC 4648 section 3.3",
        summary: "a message of an authentication is not proper base64",
        rationale:
            "A server that reads it all the same reads something else than the next one, and filters in between can be passed.",
        remedy: "Let the server answer BAD, and mend the client.",
        adopts: ["sasl-base64"]
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.succeeded,
            attempt.steps(of: .client).contains(where: { $0.step.problems.contains { $0.kind == .base64 } })
        else { return }
        audit.report("the server took a message that is no proper base64", blame: .server, direction: .server)
    }
}
