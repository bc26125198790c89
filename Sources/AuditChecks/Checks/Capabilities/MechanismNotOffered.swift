import IMAPProtocol
import IMAPSession
import Traffic

struct MechanismNotOffered: Check {
    static let description = CheckDescription(
        id: "C06",
        name: "mechanism-not-offered",
        severity: .medium,
        reference: "RFC 9051 section 6.2.2",
        summary: "a mechanism was used that the server's list does not have",
        rationale:
            "The client has not read the list, or another one: one of them was changed on the way, or belongs to the time before TLS.",
        remedy: "Let the client choose from the list that holds now."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, !attempt.isCommand, let offer = attempt.offer,
            offer.isSecure == attempt.serverIsSecure, !offer.mechanisms.contains(attempt.mechanism)
        else { return }
        audit.report(
            "\(attempt.mechanism.cited) is not in the server's list"
                + (attempt.succeeded ? ", and the server took it" : ""),
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
