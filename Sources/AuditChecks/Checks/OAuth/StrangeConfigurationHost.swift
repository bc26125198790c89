import IMAPProtocol
import IMAPSession
import Traffic

struct StrangeConfigurationHost: Check {
    static let description = CheckDescription(
        id: "O06",
        name: "strange-configuration-host",
        severity: .medium,
        reference: "RFC 7628 section 5",
        summary: "the server sends its client to another party for a token",
        rationale: "A client that follows asks its user for the password at a page of the attacker.",
        remedy: "Let the client use the issuer that its account was set up with."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isOAuth,
            let address = attempt.offered("openid-configuration"), let host = Self.host(of: address)
        else { return }
        let server = audit.session.serverTLS?.serverName ?? audit.session.description.server.host
        let related = [server, attempt.chosen("host"), attempt.chosen("jwt-iss").flatMap { Self.host(of: $0) }]
            .compactMap { $0 }.filter { $0.contains { $0.isLetter } && $0.contains(".") }
        guard !related.isEmpty, !related.contains(where: { Self.owner($0) == Self.owner(host) }) else { return }
        audit.report(
            "openid-configuration is at \(host.cited), the server is \(server.cited)",
            blame: .server,
            direction: .server
        )
    }

    private static func host(of address: String) -> String? {
        guard let start = address.firstRange(of: "://")?.upperBound else { return nil }
        let host = address[start...].prefix { !"/:?#".contains($0) }
        return host.isEmpty ? nil : host.lowercased()
    }

    /// The last two labels: not the border of registration, but what belongs together has them in common.
    private static func owner(_ host: String) -> String {
        host.lowercased().split(separator: ".").suffix(2).joined(separator: ".")
    }
}
