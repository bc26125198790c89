import IMAPProtocol
import IMAPSession
import Traffic

struct CleartextPreauth: Check {
    static let description = CheckDescription(
        id: "S11",
        name: "preauth-in-the-clear",
        severity: .high,
        reference: "RFC 9051 section 7.1.4, CVE-2014-2567, CVE-2020-12398",
        summary: "a PREAUTH greeting in the clear",
        rationale: "Behind it STARTTLS is not allowed any more: an attacker who says it keeps the client from TLS.",
        remedy: "Let the client close such a connection when it was told to use TLS."
    )
    static let moments: Moments = [.greeting, .command]

    func look(at moment: Moment, _ audit: Audit) {
        guard audit.session.greetingStatus == .preauth, !audit.session.serverIsSecure else { return }
        switch moment {
        case .greeting: audit.report("the server greets with PREAUTH in the clear", blame: .server, leg: .upstream)
        case .command(let message)
        where message.command != .logout && message.command != .capability && message.command != .noop:
            audit.reportAgain(
                "the client goes on in the clear behind a PREAUTH greeting",
                blame: .client,
                severity: .critical,
                leg: .client
            )
        default: break
        }
    }
}
