import IMAPProtocol
import IMAPSession
import Traffic

struct LoginCommandUsed: Check {
    static let description = CheckDescription(
        id: "C04",
        name: "login-command-used",
        severity: .low,
        reference: "RFC 9051 section 6.2.3",
        summary: "the LOGIN command was used although the server offers SASL mechanisms",
        rationale: "LOGIN hands the password over and is meant as the last resort, for servers without AUTHENTICATE.",
        remedy: "Let the client use AUTHENTICATE with the strongest mechanism that is offered."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isCommand, let offer = attempt.offer,
            case let mechanisms = offer.mechanisms, !mechanisms.isEmpty
        else { return }
        audit.report(
            "LOGIN was used, offered are \(mechanisms.prefix(8).joined(separator: ", "))",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
