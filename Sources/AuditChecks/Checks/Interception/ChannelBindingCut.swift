import IMAPSession
import Traffic

struct ChannelBindingCut: Check {
    static let description = CheckDescription(
        id: "X02",
        name: "channel-binding-cut",
        severity: .info,
        reference: "RFC 5056 section 2, RFC 5802 section 6, RFC 9266 section 3",
        summary: "channel binding cannot work through imapscope",
        rationale:
            "Binding ties a login to one TLS connection, and with imapscope there are two: a login that binds fails, as it should.",
        remedy:
            "Give imapscope the certificate and key of the server (tls-server-end-point binds these alone), or let the connection pass without ending TLS."
    )
    static let moments: Moments = [.capabilities, .authentication]

    func look(at moment: Moment, _ audit: Audit) {
        let session = audit.session
        guard session.isProxied, let client = session.clientTLS else { return }
        // tls-server-end-point is a hash of the certificate: with the server's own it holds.
        let isSame = client.certificate?.fingerprint.map { $0 == session.serverTLS?.certificate?.fingerprint } ?? false
        switch moment {
        case .capabilities(let offer):
            guard !isSame else { return }
            let names = offer.mechanisms.filter { $0.hasSuffix("-PLUS") }
            guard !names.isEmpty else { return }
            audit.report(
                "the server offers \(names.prefix(4).joined(separator: ", ").cited), which cannot work: TLS of the client ends "
                    + "at imapscope",
                blame: .configuration
            )
        case .authentication(let attempt):
            guard let name = attempt.chosen("cb-name"), !attempt.succeeded, !isSame || name != "tls-server-end-point"
            else { return }
            audit.report(
                "\(attempt.mechanism) binds to \(name.cited) of the client's leg, and the server sees another: it must fail",
                blame: .configuration,
                direction: .client,
                offset: attempt.offset
            )
        default: return
        }
    }
}
