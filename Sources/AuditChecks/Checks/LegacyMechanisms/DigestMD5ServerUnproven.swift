import IMAPSession
import SASL
import Traffic

struct DigestMD5ServerUnproven: Check {
    static let description = CheckDescription(
        id: "M06",
        name: "digest-md5-server-unproven",
        severity: .high,
        reference: "RFC 2831 section 2.1.3",
        summary: "the server did not prove to know the password in DIGEST-MD5",
        rationale:
            "Only the value rspauth shows that the server is the one that knows the password; a client that goes on without has logged in to anybody.",
        remedy: "Let the server send rspauth, and the client hang up when it is missing or wrong."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "DIGEST-MD5", attempt.succeeded
        else { return }
        if case .wrong(let reason) = attempt.outcome?.serverVerdict {
            // A password file that does not hold this password says nothing of the server.
            guard attempt.outcome?.verdict == .verified else { return }
            audit.report("rspauth is wrong: \(reason)", blame: .server, direction: .server)
            return
        }
        guard !audit.session.isPartial, attempt.chosen("digest-uri") != nil,
            !attempt.steps.contains(where: Self.isProof)
        else { return }
        audit.report("the login succeeded and the server sent no rspauth", blame: .server, direction: .server)
    }

    private static func isProof(_ step: AuthenticationAttempt.Step) -> Bool {
        step.direction == .server && step.step.summary.hasPrefix("server proof (rspauth)")
    }
}
