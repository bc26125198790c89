import IMAPSession
import Traffic

struct LoginMechanismUsed: Check {
    static let description = CheckDescription(
        id: "M10",
        name: "login-mechanism-used",
        severity: .low,
        reference: "draft-murchison-sasl-login-00",
        summary: "the mechanism LOGIN was used",
        rationale:
            "It is obsolete: no standard describes it, it has no initial response and no authorization identity.",
        remedy: "Use PLAIN under TLS, or SCRAM."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "LOGIN" else { return }
        audit.report(
            attempt.isInTheClear
                ? "the mechanism LOGIN sent user and password without TLS" : "the obsolete mechanism LOGIN was used",
            blame: .client,
            severity: attempt.isInTheClear ? .critical : nil,
            direction: .client,
            offset: attempt.offset
        )
    }
}
