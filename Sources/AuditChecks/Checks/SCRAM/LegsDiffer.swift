import IMAPProtocol
import IMAPSession
import Traffic

struct LegsDiffer: Check {
    static let description = CheckDescription(
        id: "SC27",
        name: "tls-versions-of-legs-differ",
        severity: .info,
        reference: "RFC 9266 section 4, XEP-0515",
        summary: "the two legs have different TLS versions",
        rationale:
            "With them the channel bindings that are possible differ: what a client can do here it may not be able to do without imapscope.",
        remedy: "Set --client-tls and --upstream-tls to the same versions when you test channel bindings."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls = moment, audit.session.isProxied, let client = audit.session.clientTLS?.version,
            let server = audit.session.serverTLS?.version, client != server
        else { return }
        audit.report("\(client) to the client, \(server) to the server", blame: .configuration, isOurs: true)
    }
}
