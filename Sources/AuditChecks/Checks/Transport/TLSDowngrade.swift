import IMAPProtocol
import IMAPSession
import Traffic

struct TLSDowngrade: Check {
    static let description = CheckDescription(
        id: "T05",
        name: "tls-downgrade",
        severity: .medium,
        reference: "RFC 8446 section 4.1.3",
        summary: "a newer TLS version was possible for both sides than was chosen",
        rationale:
            "The server marked its random as one that speaks a newer version, and the client offered it: somebody between them, or a broken client, took it away.",
        remedy: "Look for a middlebox between client and server, and let the client abort on the mark as it must."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome else { return }
        guard facts.protections?.isDowngraded == true else { return }
        audit.report(
            "\(facts.version) was chosen although the server's random says that it could have been newer",
            blame: .client,
            leg: change.leg
        )
    }
}
