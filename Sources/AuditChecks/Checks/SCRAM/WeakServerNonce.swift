import IMAPProtocol
import IMAPSession
import Traffic

struct WeakServerNonce: Check {
    static let description = CheckDescription(
        id: "SC06",
        name: "scram-weak-server-nonce",
        severity: .high,
        reference: "RFC 5802 section 5.1, section 9",
        summary: "the server's part of the nonce is empty, short, or was there before",
        rationale: "With a nonce that comes again an old proof logs in again.",
        remedy: "Let the server draw 16 random octets for each exchange.",
        adopts: ["scram-server-nonce"]
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, let client = attempt.chosen("client-nonce"),
            let nonce = attempt.offered("nonce"), nonce.hasPrefix(client), nonce.count > client.count
        else { return }
        let part = String(nonce.dropFirst(client.count))
        let number = audit.session.description.connection.number
        if let first = audit.history.note("scram-server-nonce", "\(audit.session.server) \(part)", session: number),
            first != number || part.count >= 4
        {
            audit.report("the server's part was used in session \(first) too", blame: .server, direction: .server)
        } else if part.utf8.count < 10 {
            audit.report(
                "the server's part has \(part.utf8.count) characters",
                blame: .server,
                severity: .medium,
                direction: .server
            )
        }
    }
}
