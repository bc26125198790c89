import IMAPProtocol
import IMAPSession
import SASL
import Traffic

struct ServerSignatureWrong: Check {
    static let description = CheckDescription(
        id: "SC09",
        name: "scram-server-signature-wrong",
        severity: .critical,
        reference: "RFC 5802 section 5",
        summary: "the server's signature is wrong, and the client went on",
        rationale: "This server does not know the password: it is not the one that the user thinks.",
        remedy: "Hang up, and find out who answers in the server's place; let the client check v=."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, attempt.outcome?.verdict == .verified,
            case .wrong(let reason) = attempt.outcome?.serverVerdict
        else { return }
        audit.report("v= is wrong: \(reason)", blame: .server, direction: .server)
    }
}
