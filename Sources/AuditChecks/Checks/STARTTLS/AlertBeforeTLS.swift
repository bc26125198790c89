import IMAPProtocol
import IMAPSession
import Traffic

struct AlertBeforeTLS: Check {
    static let description = CheckDescription(
        id: "S13",
        name: "alert-before-tls",
        severity: .medium,
        reference: "RFC 9051 section 11.3",
        summary: "a text that clients show to their user came before TLS",
        rationale: "Whoever is on the way can say anything to the user in the name of the server.",
        remedy: "Let the client not show texts that came in the clear; let the server keep ALERT for TLS."
    )
    static let moments: Moments = [.greeting, .earlyUntagged, .completion]

    func look(at moment: Moment, _ audit: Audit) {
        guard !audit.session.serverIsSecure, audit.session.isEarly, let code = audit.code else { return }
        guard ["ALERT", "BADCHARSET", "PARSE"].contains(code) else { return }
        audit.report("[\(code)] in the clear", blame: .server, leg: .upstream)
    }
}
