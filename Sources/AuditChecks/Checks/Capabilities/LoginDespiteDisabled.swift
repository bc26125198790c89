import IMAPProtocol
import IMAPSession
import Traffic

struct LoginDespiteDisabled: Check {
    static let description = CheckDescription(
        id: "C02",
        name: "login-despite-logindisabled",
        severity: .high,
        reference: "RFC 9051 section 6.2.3",
        summary: "the client sent LOGIN although the server had offered LOGINDISABLED",
        rationale: "The password is on the wire when the server can only refuse it.",
        remedy: "Let the client look for LOGINDISABLED, and start TLS or choose another mechanism."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard case .command(let message) = moment, message.command == .login, audit.session.isEarly,
            let offer = audit.session.offer, offer.contains("LOGINDISABLED"),
            offer.isSecure == audit.session.serverIsSecure
        else { return }
        audit.report("LOGIN was sent, the last list has LOGINDISABLED", blame: .client)
    }
}
