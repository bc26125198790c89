import IMAPProtocol
import IMAPSession
import Traffic

struct NoIMAPRevision: Check {
    static let description = CheckDescription(
        id: "S19",
        name: "no-imap-revision",
        severity: .low,
        reference: "RFC 9051 section 6.1.1",
        summary: "the server's list names no revision of IMAP4",
        rationale:
            "A client must not go on with a server whose protocol it does not know; a list without it may be forged.",
        remedy: "Let the client stop; list IMAP4rev1 or IMAP4rev2 on the server."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, let offer = attempt.offer,
            !offer.words.contains(where: { $0.hasPrefix("IMAP4") })
        else { return }
        audit.report(
            "the list \(offer.words.prefix(4).joined(separator: " ")) has neither IMAP4rev1 nor IMAP4rev2, and the client logged in",
            blame: .server,
            leg: .upstream
        )
    }
}
