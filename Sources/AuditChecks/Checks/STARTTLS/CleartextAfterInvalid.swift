import IMAPProtocol
import IMAPSession
import Traffic

struct CleartextAfterInvalid: Check {
    static let description = CheckDescription(
        id: "S04",
        name: "cleartext-after-starttls-invalid",
        severity: .critical,
        reference: "RFC 9051 section 6.2.1, CVE-2021-32066",
        summary: "the client goes on in the clear after an answer to STARTTLS that is none",
        rationale: "A continuation request or an unknown word in place of OK must end the attempt, not TLS.",
        remedy: "Let the client close the connection when STARTTLS fails in any way."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard audit.session.startTLS == .unanswered, StartTLSRefusal.isLogin(moment, audit) else { return }
        audit.report(
            "the client logs in in the clear after its STARTTLS was not properly answered",
            blame: .client,
            leg: .client
        )
    }
}
