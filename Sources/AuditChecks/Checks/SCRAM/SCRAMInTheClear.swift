import IMAPProtocol
import IMAPSession
import Traffic

struct SCRAMInTheClear: Check {
    static let description = CheckDescription(
        id: "SC24",
        name: "scram-in-the-clear",
        severity: .high,
        reference: "RFC 5802 section 9",
        summary: "a SCRAM exchange passed without TLS",
        rationale:
            "Whoever reads one exchange can guess the password offline, as fast as the iteration count lets him.",
        remedy: "Use TLS."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, !attempt.clientIsSecure,
            attempt.chosen("client-nonce") != nil
        else { return }
        audit.report(
            "\(attempt.mechanism) without TLS",
            blame: .client,
            leg: .client,
            isOurs: audit.session.clearsClientLeg,
            direction: .client,
            offset: attempt.offset
        )
    }
}
