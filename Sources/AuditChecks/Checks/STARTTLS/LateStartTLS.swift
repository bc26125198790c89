import IMAPProtocol
import IMAPSession
import Traffic

struct LateStartTLS: Check {
    static let description = CheckDescription(
        id: "S17",
        name: "late-starttls",
        severity: .medium,
        reference: "RFC 9051 section 6.2.1, RFC 4978 section 3",
        summary: "STARTTLS after a login or inside compression",
        rationale: "What was to be protected has passed already.",
        remedy: "Let the client begin TLS first."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard case .command(let message) = moment, message.command == .starttls else { return }
        guard !audit.session.isEarly || audit.session.isCompressed else { return }
        audit.report(
            audit.session.isCompressed ? "STARTTLS inside COMPRESS" : "STARTTLS after the login",
            blame: .client,
            leg: .client
        )
    }
}
