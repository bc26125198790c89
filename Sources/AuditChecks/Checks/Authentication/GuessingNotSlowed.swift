import IMAPProtocol
import IMAPSession
import Traffic

struct GuessingNotSlowed: Check {
    static let description = CheckDescription(
        id: "A09",
        name: "guessing-not-slowed",
        severity: .medium,
        reference: "RFC 9051 section 11.7",
        summary: "failed logins follow each other and the server does not slow them down",
        rationale: "Passwords are found by trying when tries cost nothing.",
        remedy: "Let the server delay each refusal more than the one before, and hang up after a few."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.outcome?.status == .no, let ended = attempt.ended
        else { return }
        let peer = "\(audit.session.description.client.host) \(audit.session.server)"
        let delay = ended.nanoseconds - (attempt.steps(of: .client).last?.time ?? attempt.began).nanoseconds
        let failures = audit.history.count("failures", peer)
        let longest = audit.history.highest("failure-delay", peer, delay)
        guard failures >= audit.policy.failureLimit, longest < 2_000_000_000 else { return }
        audit.report(
            "\(failures) logins of \(audit.session.description.client.host) have failed, each was answered within "
                + "\(longest / 1_000_000) ms",
            blame: .server,
            direction: .server
        )
    }
}
