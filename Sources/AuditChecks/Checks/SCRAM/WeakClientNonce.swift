import IMAPProtocol
import IMAPSession
import Traffic

struct WeakClientNonce: Check {
    static let description = CheckDescription(
        id: "SC07",
        name: "scram-weak-client-nonce",
        severity: .high,
        reference: "RFC 5802 section 9",
        summary: "the client's nonce was there before, or can be guessed",
        rationale: "A server's answers to a known nonce can be prepared or replayed.",
        remedy: "Let the client draw 16 random octets for each exchange."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, let nonce = attempt.chosen("client-nonce")
        else { return }
        let number = audit.session.description.connection.number
        if let first = audit.history.note("scram-client-nonce", nonce, session: number) {
            audit.report("the client's nonce was used in session \(first) too", blame: .client, direction: .client)
        } else if nonce.allSatisfy({ $0.isASCII && $0.isNumber }) && nonce.count < 38 {
            audit.report(
                "the client's nonce is the number \(nonce.cited)",
                blame: .client,
                severity: .medium,
                direction: .client
            )
        } else if nonce.utf8.count < 12 || Set(nonce.utf8).count < 6 {
            audit.report(
                "the client's nonce \(nonce.cited) holds too little chance",
                blame: .client,
                severity: .medium,
                direction: .client
            )
        }
    }
}
