import IMAPProtocol
import IMAPSession
import Traffic

struct IterationsBelowPolicy: Check {
    static let description = CheckDescription(
        id: "SC02",
        name: "scram-iterations-below-policy",
        severity: .low,
        reference: "RFC 7677 section 4",
        summary: "fewer iterations than the policy asks for",
        rationale: "What was enough when the RFC was written is guessed on one graphics card today.",
        remedy: "Raise the count of the server, and let users set their passwords again."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM,
            let count = attempt.offered("iteration-count").flatMap({ Int($0) }),
            (4096..<max(4096, audit.policy.minimumIterations)).contains(count)
        else { return }
        audit.report(
            "\(count) iterations, the policy asks for \(audit.policy.minimumIterations)",
            blame: .server,
            direction: .server
        )
    }
}
