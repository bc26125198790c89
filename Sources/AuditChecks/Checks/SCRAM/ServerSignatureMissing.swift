import IMAPProtocol
import IMAPSession
import Traffic

struct ServerSignatureMissing: Check {
    static let description = CheckDescription(
        id: "SC08",
        name: "scram-server-signature-missing",
        severity: .high,
        reference: "RFC 5802 section 3, section 5",
        summary: "the login succeeded and the server has not proved to know the password",
        rationale: "Without the signature the client has logged in to anybody.",
        remedy: "Let the server send v= before its OK, and the client hang up without it."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, attempt.succeeded, !audit.session.isPartial,
            attempt.offered("iteration-count") != nil,
            !attempt.steps(of: .server).contains(where: { $0.step.isSCRAMSignature })
        else { return }
        audit.report("the tagged OK came without v=", blame: .server, direction: .server)
    }
}
