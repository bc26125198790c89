import IMAPProtocol
import IMAPSession
import Traffic

struct TokenForOtherHost: Check {
    static let description = CheckDescription(
        id: "O08",
        name: "token-for-other-host",
        severity: .medium,
        reference: "RFC 7628 section 3.1",
        summary: "host= or port= of the message is not this connection",
        rationale: "The message was meant for another server: somebody passes it on.",
        remedy: "Let the server compare them with its own name."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isOAuth else { return }
        let server = audit.session.description.server
        let names = [audit.session.clientTLS?.serverName, audit.session.isProxied ? nil : server.host].compactMap {
            $0?.lowercased()
        }.filter { $0.contains { $0.isLetter } && !$0.contains(":") }
        if let host = attempt.chosen("host")?.lowercased(), !names.isEmpty, !names.contains(host) {
            audit.report(
                "host=\(host.cited) was sent to \(names[0].cited)",
                blame: .client,
                direction: .client,
                offset: attempt.offset
            )
        } else if let port = attempt.chosen("port"), !audit.session.isProxied, port != String(server.port) {
            audit.report(
                "port=\(port.cited) was sent to port \(server.port)",
                blame: .client,
                direction: .client,
                offset: attempt.offset
            )
        }
    }
}
