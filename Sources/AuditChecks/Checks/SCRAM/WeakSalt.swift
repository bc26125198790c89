import IMAPProtocol
import IMAPSession
import SASL
import Traffic

struct WeakSalt: Check {
    static let description = CheckDescription(
        id: "SC04",
        name: "scram-weak-salt",
        severity: .medium,
        reference: "RFC 5802 section 5.1, erratum 2652",
        summary: "the salt is short, or two users have the same",
        rationale: "One table of guesses serves all users with the same salt.",
        remedy: "Let the server draw 16 random octets for each user.",
        adopts: ["scram-salt"]
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, let salt = attempt.offered("salt") else {
            return
        }
        let octets = Base64.decodeTolerantly(Array(salt.utf8)).bytes.count
        if (2..<16).contains(octets) {
            audit.report("the salt has \(octets) octets", blame: .server, direction: .server)
        }
        guard let user = attempt.user else { return }
        let place = "\(audit.session.server) \(salt)"
        let number = audit.session.description.connection.number
        let isSameUser = audit.history.note("scram-salt-user", "\(place) \(user)", session: number) != nil
        guard let first = audit.history.note("scram-salt", place, session: number), !isSameUser else { return }
        audit.report(
            "\(user.cited) has the salt that another user had in session \(first)",
            blame: .server,
            severity: .high,
            direction: .server
        )
    }
}
