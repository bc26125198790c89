import IMAPProtocol
import IMAPSession
import Traffic

struct NoServerName: Check {
    static let description = CheckDescription(
        id: "T12",
        name: "no-sni-or-alpn",
        severity: .info,
        reference: "RFC 6066 section 3, RFC 7301",
        summary: "the client names no server, or no protocol",
        rationale:
            "Without a server name hosts with several certificates have to guess; without the protocol \"imap\" a session can be redirected to another service with the same certificate (ALPACA).",
        remedy:
            "Send the server's name and the protocol imap in the ClientHello, and let the server refuse other protocols."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome, change.leg == .client
        else { return }
        var missing: [String] = []
        if facts.serverName == nil { missing.append("no server name") }
        let named = facts.applicationProtocol ?? facts.offer?.protocols.first
        // What was agreed on is encrypted in TLS 1.3; what was offered is not.
        if named == nil, audit.session.isProxied || facts.offer != nil { missing.append("no ALPN protocol") }
        if let name = named, name != "imap" { missing.append("ALPN protocol \(name) instead of imap") }
        guard !missing.isEmpty else { return }
        audit.report("the handshake has \(missing.joined(separator: " and "))", blame: .client, leg: .client)
    }
}
