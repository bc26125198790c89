import IMAPProtocol
import IMAPSession
import Traffic

struct ChallengeForm: Check {
    static let description = CheckDescription(
        id: "A06",
        name: "challenge-form",
        severity: .low,
        reference: "RFC 9051 section 6.2.2, section 7.6",
        summary: "a challenge is not of the form “+ base64”, or there are more of them than the mechanism has",
        rationale:
            "Clients wait for the blank behind the +, and answer each challenge whether their mechanism knows it or not.",
        remedy: "Report it to the vendor of the server.",
        adopts: ["bare-continuation"]
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, !attempt.isCommand, let limit = Self.limit(attempt) else {
            return
        }
        let count = attempt.steps(of: .server).count
        guard count > limit else { return }
        audit.report(
            "\(attempt.mechanism) had \(count) challenges, it has \(limit)",
            blame: .server,
            direction: .server
        )
    }

    /// Challenges of the mechanism, the empty one for a client that speaks first and has no initial response included.
    private static func limit(_ attempt: AuthenticationAttempt) -> Int? {
        let empty = attempt.hasInitialResponse ? 0 : 1
        if attempt.isSCRAM { return 2 + empty }
        return switch attempt.mechanism {
        case "PLAIN", "EXTERNAL", "ANONYMOUS": empty
        case "XOAUTH2", "OAUTHBEARER": 1 + empty
        case "LOGIN", "DIGEST-MD5": 2
        case "CRAM-MD5": 1
        default: nil
        }
    }
}
