import IMAPProtocol
import IMAPSession
import Traffic

struct ErrorTellsUser: Check {
    static let description = CheckDescription(
        id: "A07",
        name: "error-tells-user",
        severity: .medium,
        reference: "RFC 9051 section 11.7",
        summary: "the answer tells whether the user or the password was wrong",
        rationale: "Whoever guesses learns which users exist, and guesses passwords for these only.",
        remedy: "Let the server give one answer for both."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.outcome?.status == .no else { return }
        let text = attempt.answer.lowercased()
        guard !text.contains(" or "), !text.contains("/"), let mark = Self.marks.first(where: { text.contains($0) })
        else { return }
        audit.report("the refusal says “\(mark)”", blame: .server, direction: .server)
    }

    private static let marks = [
        "unknown user", "no such user", "user not found", "user unknown", "user does not exist", "invalid user",
        "no such mailbox", "no such account", "account not found", "unknown account", "account does not exist",
        "wrong password", "bad password", "invalid password", "incorrect password", "password incorrect",
        "password is incorrect", "password mismatch", "password does not match", "password is wrong",
    ]
}
