import IMAPProtocol
import IMAPSession
import Traffic

struct ListTampered: Check {
    static let description = CheckDescription(
        id: "SC11",
        name: "scram-list-tampered",
        severity: .critical,
        reference: "RFC 5802 section 6",
        summary: "the client saw no -PLUS mechanism although the server offers one",
        rationale: "Somebody between them took it out of the list, to keep the client from binding to TLS.",
        remedy: "Find out who changes the list; where a rule of imapscope does, take the rule away."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isSCRAM, attempt.chosen("gs2-cbind-flag") == "y",
            let plus = attempt.offeredPlus
        else { return }
        audit.report(
            "the client says that no -PLUS was offered (y), the server's list has \(plus)",
            blame: .client,
            isOurs: audit.session.isEdited,
            direction: .client,
            offset: attempt.offset
        )
    }
}
