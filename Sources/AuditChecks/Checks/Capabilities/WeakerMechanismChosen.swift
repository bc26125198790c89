import IMAPProtocol
import IMAPSession
import Traffic

struct WeakerMechanismChosen: Check {
    static let description = CheckDescription(
        id: "C05",
        name: "weaker-mechanism-chosen",
        severity: .medium,
        reference: "RFC 7677 section 4, RFC 9051 section 11.7",
        summary: "the client chose a weaker mechanism than the server offers",
        rationale: "Who reads along, or the server itself, learns more from the weaker one than was needed.",
        remedy: "Set the client to the strongest mechanism that both sides have."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        if case .authentication(let attempt) = moment, let allowed = audit.policy.allowedMechanisms,
            !allowed.contains(attempt.mechanism)
        {
            return audit.report(
                "the policy does not allow \(attempt.mechanism.cited)",
                blame: .client,
                direction: .client,
                offset: attempt.offset
            )
        }
        guard case .authentication(let attempt) = moment, let offer = attempt.offer,
            let chosen = MechanismRank(attempt.mechanism),
            let best = offer.mechanisms.compactMap({ MechanismRank($0) }).filter({
                attempt.clientIsSecure || !$0.needsTLS
            }).max(), best > chosen
        else { return }
        audit.report(
            "\(chosen.name) was chosen, \(best.name) is offered",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
