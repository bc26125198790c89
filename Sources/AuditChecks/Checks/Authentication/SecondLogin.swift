import IMAPProtocol
import IMAPSession
import Traffic

struct SecondLogin: Check {
    static let description = CheckDescription(
        id: "A12",
        name: "second-login",
        severity: .medium,
        reference: "RFC 9051 section 6.2, RFC 8437 section 2",
        summary: "a second login succeeded on one connection",
        rationale: "State, mailboxes and rights of the first user may remain for the second.",
        remedy: "Let the server answer BAD to logins behind a login, unless UNAUTHENTICATE came between."
    )
    static let moments: Moments = [.authentication, .completion]

    private var user: String?

    mutating func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .authentication(let attempt) where attempt.succeeded:
            if let user = self.user {
                audit.report(
                    "\(attempt.user?.cited ?? "somebody") logged in behind \(user.cited)",
                    blame: .server,
                    direction: .server
                )
            }
            self.user = attempt.user ?? ""
        case .completion(let message, let exchange?) where exchange.command == .unauthenticate && message.status == .ok:
            self.user = nil
        default: break
        }
    }
}
