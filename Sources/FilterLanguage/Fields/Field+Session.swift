import IMAPSession
import Traffic

private let tlsVersions = ["TLS 1.0", "TLS 1.1", "TLS 1.2", "TLS 1.3"]

extension Field {
    /// Who speaks with whom, over what, and as whom.
    static let ofSessions: [Field] = [
        .one("session", .number, "the number of the session, counted from 1") {
            $0.description.map { .number(Int64(clamping: $0.connection.number)) }
        },
        .one("peer", .address, "the address of the mail client", aliases: ["ip.src", "client"]) {
            $0.peer.map { .address($0.host, $0.address) }
        },
        .one("peer.port", .number, "the TCP port of the mail client") {
            $0.description.map { .number(Int64($0.client.port)) }
        },
        .one("server", .address, "the name or address of the server, as it was given or captured") {
            $0.server.map { .address($0.host, $0.address) }
        },
        .one("server.port", .number, "the TCP port of the server") {
            $0.description.map { .number(Int64($0.server.port)) }
        },
        .one("listener", .address, "the address at which the mail client reached the proxy") {
            $0.listener.map { .address($0.host, $0.address) }
        },
        .one("listener.port", .number, "the TCP port at which the mail client reached the proxy") {
            $0.description?.listener.map { .number(Int64($0.port)) }
        },
        .one("client.leg", .keyword, "how the client's leg began", values: ["cleartext", "TLS", "STARTTLS"]) {
            $0.description.map { .text($0.clientLeg) }
        },
        .one("upstream.leg", .keyword, "how the server's leg began", values: ["cleartext", "TLS", "STARTTLS"]) {
            $0.description.map { .text($0.upstreamLeg) }
        },
        .one("user", .string, "who is logged in, from the answer to the login on", needs: .text) {
            $0.user.map { .text($0) }
        },
        .one("mailbox", .string, "the mailbox that is open; INBOX in capitals", needs: .text) {
            $0.mailbox.map { .text($0) }
        },
        .one(
            "state",
            .keyword,
            "the state of the session after the message",
            values: ["greeting", "not authenticated", "authenticated", "selected", "logout"],
            needs: .text
        ) { .text($0.state.rawValue) },
        .each(
            "tls.version",
            .level,
            "the TLS version of either leg",
            values: tlsVersions,
            needs: .message
        ) { facts, test in
            facts.anyLeg { leg in tlsVersions.firstIndex(of: leg.version).map { test(.number(Int64($0))) } ?? false }
        },
        .each("tls.cipher", .keyword, "the cipher suite of either leg, by its IANA name", needs: .message) {
            facts,
            test in
            facts.anyLeg { test(.text($0.cipher)) }
        },
        .each("tls.name", .keyword, "the server name that a TLS client asked for", needs: .message) { facts, test in
            facts.anyLeg { leg in leg.serverName.map { test(.text($0)) } ?? false }
        },
        .each("client.id", .string, "what the mail client said of itself with ID", aliases: ["id.client"]) {
            facts,
            test in
            facts.clientID.contains { test(.text($0)) }
        },
        .each("server.id", .string, "what the server said of itself with ID", aliases: ["id.server"]) { facts, test in
            facts.serverID.contains { test(.text($0)) }
        },
        .one("elapsed", .duration, "the time since the session began", aliases: ["frame.time_relative"]) { facts in
            guard let began = facts.description?.time, let time = facts.time else { return nil }
            return .number(time.since(began))
        },
    ]
}
