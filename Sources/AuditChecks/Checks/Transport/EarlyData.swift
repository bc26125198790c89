import IMAPProtocol
import IMAPSession
import Traffic

struct EarlyData: Check {
    static let description = CheckDescription(
        id: "T14",
        name: "early-data",
        severity: .medium,
        reference: "RFC 8446 appendix E.5",
        summary: "the server takes IMAP in early data",
        rationale: "Early data can be replayed by an attacker: commands are run twice.",
        remedy: "Turn 0-RTT off for IMAP; no profile defines it."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome else { return }
        guard facts.protections?.acceptsEarlyData == true else { return }
        audit.report("the server accepted early data (0-RTT)", blame: .server, leg: change.leg)
    }
}
