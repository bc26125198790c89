import IMAPProtocol
import IMAPSession
import Traffic

struct TokenRefused: Check {
    static let description = CheckDescription(
        id: "O05",
        name: "token-refused",
        severity: .low,
        reference: "RFC 7628 section 3.2",
        summary: "the server refused a token, and says why",
        rationale: "The reason is inside a challenge that mail clients do not show.",
        remedy:
            "Let the client get a new token when status is invalid_token, and answer the error as its mechanism asks.",
        adopts: ["oauth-acknowledgement"]
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isOAuth, let status = attempt.offered("status")
        else { return }
        let scope = attempt.offered("scope").map { ", scope \($0.cited)" } ?? ""
        audit.report("status \(status.cited)\(scope)", blame: .client, severity: .info, direction: .server)
    }
}
