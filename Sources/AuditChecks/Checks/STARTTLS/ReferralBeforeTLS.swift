import IMAPProtocol
import IMAPSession
import Traffic

struct ReferralBeforeTLS: Check {
    static let description = CheckDescription(
        id: "S14",
        name: "referral-before-login",
        severity: .high,
        reference: "RFC 2221 section 4, RFC 2193 section 6",
        summary: "a referral to another server came before TLS or before the login",
        rationale: "A client that follows it hands its password to whoever it names.",
        remedy: "Let the client ask its user, and never follow a referral that came in the clear."
    )
    static let moments: Moments = [.greeting, .earlyUntagged, .completion]

    func look(at moment: Moment, _ audit: Audit) {
        guard audit.session.isEarly, audit.code == "REFERRAL" else { return }
        let text = audit.words(0..<audit.text.count)
        let isForAnybody = text.contains("AUTH=*")
        audit.report(
            "a referral \(audit.session.serverIsSecure ? "before the login" : "in the clear")\(isForAnybody ? ", with AUTH=*" : "")",
            blame: .server,
            severity: audit.session.serverIsSecure ? .medium : .high,
            leg: .upstream
        )
    }
}
