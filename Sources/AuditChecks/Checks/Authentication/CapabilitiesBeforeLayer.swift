import IMAPProtocol
import IMAPSession
import Traffic

struct CapabilitiesBeforeLayer: Check {
    static let description = CheckDescription(
        id: "A13",
        name: "capabilities-before-layer",
        severity: .low,
        reference: "RFC 9051 section 6.2.2",
        summary: "capabilities came with the answer that begins a security layer",
        rationale: "What is said before the layer protects nothing may have been put there by somebody else.",
        remedy: "Let the client ask again inside the layer."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.succeeded, attempt.code == "CAPABILITY",
            let layer = attempt.securityLayer
        else { return }
        audit.report(
            "the list stands before the layer “\(layer)” of \(attempt.mechanism)",
            blame: .server,
            direction: .server
        )
    }
}
