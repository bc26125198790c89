import IMAPProtocol
import IMAPSession
import Traffic

struct CompressionActive: Check {
    static let description = CheckDescription(
        id: "C13",
        name: "compression-active",
        severity: .info,
        reference: "RFC 4978 section 6",
        summary: "the session is compressed",
        rationale:
            "The length of what is compressed tells something of secrets that stand beside text which an attacker chooses.",
        remedy: "Nothing to do for mail at rest; do not log in behind COMPRESS."
    )
    static let moments: Moments = [.transport, .authentication]

    func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .transport(let change) where change.layer == .deflate:
            audit.report("COMPRESS=DEFLATE is active from here", blame: .client)
        case .authentication(let attempt) where audit.session.isCompressed:
            audit.reportAgain("\(attempt.mechanism.cited) passed compressed", blame: .client, severity: .low)
        default: break
        }
    }
}
