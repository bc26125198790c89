import IMAPProtocol
import IMAPSession
import Traffic

struct PlaintextOfferedInClear: Check {
    static let description = CheckDescription(
        id: "C01",
        name: "plaintext-offered-in-clear",
        severity: .high,
        reference: "RFC 9051 section 11.7, section 6.2.3",
        summary: "the server offers password logins in the clear",
        rationale:
            "Clients that do not insist on TLS send their password at the first connection, before anybody could warn them.",
        remedy: "Let the server offer LOGINDISABLED, STARTTLS and no AUTH=PLAIN until TLS is established."
    )
    static let moments: Moments = .capabilities

    func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment, !offer.isSecure, !offer.isAuthenticated else { return }
        let plain = offer.mechanisms.filter { ["PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER"].contains($0) }
        let allowsLogin = !offer.contains("LOGINDISABLED")
        guard allowsLogin || !plain.isEmpty else { return }
        let offered = (allowsLogin ? ["the LOGIN command"] : []) + plain.map { "AUTH=\($0)" }
        audit.report(
            "\(offered.joined(separator: ", ")) can be used without TLS",
            blame: .server,
            leg: .upstream,
            direction: .server
        )
    }
}
