import IMAPSession
import Traffic

struct GSSAPIWithoutLayer: Check {
    static let description = CheckDescription(
        id: "M11",
        name: "gssapi-without-layer",
        severity: .high,
        reference: "RFC 4752 section 3.3",
        summary: "GSSAPI without security layer and without TLS",
        rationale:
            "The login is safe, but what follows is neither secret nor guarded: whoever stands on the way reads mail and sends commands of his own.",
        remedy: "Use TLS, or ask for integrity and confidentiality of GSSAPI."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.isInTheClear, attempt.succeeded,
            attempt.chosen("security-layer") == "none"
        else { return }
        let isOnlyOffer = attempt.offered("security-layers") == "none"
        audit.report(
            isOnlyOffer
                ? "the server offers no security layer, and there is no TLS"
                : "the client took no security layer, and there is no TLS",
            blame: isOnlyOffer ? .server : .client,
            direction: isOnlyOffer ? .server : .client,
            offset: isOnlyOffer ? nil : attempt.offset
        )
    }
}
