import IMAPProtocol
import IMAPSession
import Traffic

struct DisabledLoginAccepted: Check {
    static let description = CheckDescription(
        id: "C03",
        name: "disabled-login-accepted",
        severity: .high,
        reference: "RFC 9051 section 11.7",
        summary: "the server took a LOGIN that it had announced to refuse",
        rationale:
            "A server that says LOGINDISABLED and then lets users in has not disabled anything: passwords cross in the clear.",
        remedy:
            "Let the server answer NO [PRIVACYREQUIRED] to LOGIN and AUTHENTICATE PLAIN where it says LOGINDISABLED."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isCommand, attempt.succeeded,
            let offer = attempt.offer, offer.contains("LOGINDISABLED"), offer.isSecure == attempt.serverIsSecure
        else { return }
        audit.report("LOGIN succeeded behind LOGINDISABLED", blame: .server, direction: .server)
    }
}
