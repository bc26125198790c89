import IMAPProtocol
import IMAPSession
import Traffic

struct BasicNotClosed: Check {
    static let description = CheckDescription(
        id: "O10",
        name: "basic-not-closed",
        severity: .info,
        reference: "RFC 7628 section 1",
        summary: "the server takes tokens, and passwords too",
        rationale: "Tokens protect nothing as long as a stolen password opens the same mailbox.",
        remedy: "Close password logins when all clients have moved."
    )
    static let moments: Moments = .capabilities

    func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment, !offer.isAuthenticated,
            offer.contains("AUTH=OAUTHBEARER") || offer.contains("AUTH=XOAUTH2")
        else { return }
        let plain = offer.mechanisms.filter { ["PLAIN", "LOGIN"].contains($0) }
        let allowsLogin = !offer.contains("LOGINDISABLED")
        guard allowsLogin || !plain.isEmpty else { return }
        let open = (allowsLogin ? ["the LOGIN command"] : []) + plain.map { "AUTH=\($0)" }
        audit.report(
            "beside tokens it takes \(open.joined(separator: ", "))",
            blame: .server,
            leg: .upstream,
            direction: .server
        )
    }
}
