import IMAPProtocol
import IMAPSession
import Traffic

struct UserEnumeration: Check {
    static let description = CheckDescription(
        id: "SC22",
        name: "scram-user-enumeration",
        severity: .medium,
        reference: "RFC 5802 section 7, section 9",
        summary: "a stranger can find out which users exist",
        rationale: "Passwords are then guessed for these only.",
        remedy: "Let the server answer unknown users with a salt that stays the same, and with invalid-proof."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, let user = attempt.user else { return }
        if attempt.offered("server-error") == "unknown-user" {
            return audit.report("e=unknown-user for \(user.cited)", blame: .server, direction: .server)
        }
        guard let salt = attempt.offered("salt"), !attempt.succeeded else { return }
        let place = "\(audit.session.server) \(attempt.mechanism) \(user)"
        let number = audit.session.description.connection.number
        let isKnownSalt = audit.history.note("scram-user-salt", "\(place) \(salt)", session: number) != nil
        guard let first = audit.history.note("scram-user", place, session: number), !isKnownSalt else { return }
        audit.report(
            "\(user.cited) failed with another salt than in session \(first): such a user does not exist",
            blame: .server,
            direction: .server
        )
    }
}
