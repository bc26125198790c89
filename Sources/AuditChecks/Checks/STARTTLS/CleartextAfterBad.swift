import IMAPProtocol
import IMAPSession
import Traffic

struct CleartextAfterBad: Check {
    static let description = CheckDescription(
        id: "S03",
        name: "cleartext-after-starttls-bad",
        severity: .critical,
        reference: "RFC 8314 section 4.1",
        summary: "the client goes on in the clear after STARTTLS was answered BAD",
        rationale: "Whoever can answer in the server's place keeps the session readable and gets the password.",
        remedy: "Let the client close the connection when STARTTLS fails in any way."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard audit.session.startTLS == .refused(.bad), StartTLSRefusal.isLogin(moment, audit) else { return }
        audit.report(
            "the client logs in in the clear after its STARTTLS was answered BAD",
            blame: .client,
            leg: .client
        )
    }
}
