import IMAPProtocol
import IMAPSession
import Traffic

struct CleartextAfterRefusal: Check {
    static let description = CheckDescription(
        id: "S02",
        name: "cleartext-after-starttls-no",
        severity: .critical,
        reference: "RFC 8314 section 4.1, CVE-2021-32066",
        summary: "the client goes on in the clear after STARTTLS was refused with NO",
        rationale: "Whoever can answer in the server's place keeps the session readable and gets the password.",
        remedy: "Let the client close the connection when STARTTLS is refused."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard audit.session.startTLS == .refused(.no), StartTLSRefusal.isLogin(moment, audit) else { return }
        audit.report("the client logs in in the clear after its STARTTLS was answered NO", blame: .client, leg: .client)
    }
}
