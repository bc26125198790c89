import IMAPProtocol
import IMAPSession
import Traffic

struct TooManyIterations: Check {
    static let description = CheckDescription(
        id: "SC03",
        name: "scram-too-many-iterations",
        severity: .medium,
        reference: "RFC 5802 section 9",
        summary: "the iteration count is absurdly high",
        rationale: "A hostile server makes its clients compute for hours with one number.",
        remedy: "Let the client refuse counts that no honest server has."
    )
    static let moments: Moments = .sasl

    func look(at moment: Moment, _ audit: Audit) {
        guard case .sasl(let message, let step) = moment, message.direction == .server,
            let text = step.field("iteration-count"), let count = Int(text), count > audit.policy.maximumIterations
        else { return }
        audit.report("\(count) iterations, the policy allows \(audit.policy.maximumIterations)", blame: .server)
    }
}
