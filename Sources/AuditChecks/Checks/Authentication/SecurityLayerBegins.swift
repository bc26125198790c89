import IMAPProtocol
import IMAPSession
import Traffic

struct SecurityLayerBegins: Check {
    static let description = CheckDescription(
        id: "A14",
        name: "security-layer-begins",
        severity: .info,
        reference: "RFC 9051 section 6.2.2, RFC 4752 section 3.1",
        summary: "what follows is wrapped in the mechanism's own security layer",
        rationale: "Nothing behind this point can be read, judged or masked; other checks are silent about it.",
        remedy: "Use TLS and no layer where sessions are to be looked at."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.succeeded, let layer = attempt.securityLayer
        else { return }
        audit.report("the layer “\(layer)” of \(attempt.mechanism) begins here", blame: .client, direction: .server)
    }
}
