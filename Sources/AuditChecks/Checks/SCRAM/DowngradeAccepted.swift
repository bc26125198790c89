import IMAPProtocol
import IMAPSession
import Traffic

struct DowngradeAccepted: Check {
    static let description = CheckDescription(
        id: "SC12",
        name: "scram-downgrade-accepted",
        severity: .critical,
        reference: "RFC 5802 section 6",
        summary: "the server offers -PLUS and let a client in that had seen none",
        rationale:
            "The server must take this for an attack and refuse; one that does not makes the protection worthless.",
        remedy: "Report it to the vendor of the server."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, attempt.chosen("gs2-cbind-flag") == "y",
            attempt.succeeded, let plus = attempt.offeredPlus
        else { return }
        audit.report("\(plus) is offered, and a client with y was let in", blame: .server, direction: .server)
    }
}
