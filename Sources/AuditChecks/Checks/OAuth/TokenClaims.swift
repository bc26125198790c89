import IMAPProtocol
import IMAPSession
import Traffic

struct TokenClaims: Check {
    static let description = CheckDescription(
        id: "O04",
        name: "token-claims",
        severity: .medium,
        reference: "RFC 7519 section 4.1, RFC 8725 section 3",
        summary: "the claims of a token are weak or do not hold",
        rationale: "A token without end, without audience or without signature serves a thief anywhere and for ever.",
        remedy: "Let the authorization server issue short tokens for the mail service only.",
        adopts: ["oauth-token"]
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isOAuth else { return }
        if let algorithm = attempt.chosen("jwt-alg")?.uppercased(), algorithm.hasPrefix("HS") {
            audit.report(
                "the token is signed by \(algorithm.cited): every server that can check it can issue others",
                blame: .server,
                direction: .client,
                offset: attempt.offset
            )
        }
        if let life = attempt.chosen("jwt-life").flatMap({ Int64($0) }), life > audit.policy.maximumTokenLife {
            audit.report(
                "the token lives \(life) s, the policy allows \(audit.policy.maximumTokenLife) s",
                blame: .server,
                direction: .client,
                offset: attempt.offset
            )
        }
        guard !audit.policy.tokenAudiences.isEmpty, let audience = attempt.chosen("jwt-aud"),
            audit.policy.tokenAudiences.isDisjoint(with: audience.split(separator: " ").map { String($0) })
        else { return }
        audit.report(
            "the token is for \(audience.cited), which the policy does not know",
            blame: .client,
            severity: .high,
            direction: .client,
            offset: attempt.offset
        )
    }
}
