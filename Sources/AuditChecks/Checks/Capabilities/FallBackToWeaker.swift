import IMAPProtocol
import IMAPSession
import Traffic

struct FallBackToWeaker: Check {
    static let description = CheckDescription(
        id: "C08",
        name: "fall-back-to-weaker",
        severity: .high,
        reference: "RFC 9051 section 6.2.2, section 11.7",
        summary: "after a refusal the client tried again with a weaker mechanism",
        rationale: "An attacker who answers NO to each strong mechanism gets the password in the end.",
        remedy: "Let the client ask its user before it falls back, and never to a mechanism that shows the password."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, let chosen = MechanismRank(attempt.mechanism),
            let refused = audit.session.attempts.dropLast().filter({ !$0.succeeded })
                .compactMap({ MechanismRank($0.mechanism) }).max(), refused > chosen
        else { return }
        audit.report(
            "\(refused.name) was refused, \(chosen.name) followed",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
