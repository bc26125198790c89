import IMAPProtocol
import IMAPSession
import Traffic

struct StaleCapabilities: Check {
    static let description = CheckDescription(
        id: "S09",
        name: "stale-capabilities",
        severity: .medium,
        reference: "RFC 9051 section 6.2.1",
        summary: "after STARTTLS the client uses capabilities that it learned in the clear",
        rationale: "They may be an attacker's; the list must be asked for anew, or be in the OK, once TLS is on.",
        remedy: "Let the client forget all it knows when TLS begins."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard StartTLSRefusal.isLogin(moment, audit), audit.session.startTLS == .established, !audit.session.isProxied
        else { return }
        guard let offer = audit.session.offer, !offer.isSecure else { return }
        audit.report("the client logs in without having asked for the capabilities under TLS", blame: .client)
    }
}
