import IMAPSession
import Traffic

struct DigestMD5LayerDeclined: Check {
    static let description = CheckDescription(
        id: "M05",
        name: "digest-md5-layer-declined",
        severity: .medium,
        reference: "RFC 2831 section 2.1.2",
        summary: "the client declined the protection that DIGEST-MD5 offered, without TLS",
        rationale:
            "Without TLS and without a layer, whoever stands on the way can take over the session after the login.",
        remedy: "Use TLS; where it cannot be, let the client take auth-conf."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "DIGEST-MD5", attempt.isInTheClear,
            attempt.chosen("digest-uri") != nil, let offers = attempt.offered("qop")?.lowercased()
        else { return }
        let layers = offers.split { $0 == "," || $0 == " " }.filter { $0 == "auth-int" || $0 == "auth-conf" }
        guard !layers.isEmpty, (attempt.chosen("qop") ?? "auth").lowercased() == "auth" else { return }
        audit.report(
            "the server offered \(layers.joined(separator: " and ")), the client took auth alone, and there is no TLS",
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
