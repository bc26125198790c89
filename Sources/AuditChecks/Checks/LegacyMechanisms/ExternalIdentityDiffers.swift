import IMAPSession
import SASL
import Traffic

struct ExternalIdentityDiffers: Check {
    static let description = CheckDescription(
        id: "M14",
        name: "external-identity-differs",
        severity: .medium,
        reference: "RFC 4422 appendix A",
        summary: "EXTERNAL asks for an identity that the certificate does not name",
        rationale:
            "Whoever holds any certificate that the server accepts may try to act as anybody; the server has to compare the two.",
        remedy: "Let the server map certificates to users, and refuse identities that the map does not hold."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "EXTERNAL",
            let certificate = audit.session.clientTLS?.clientCertificate,
            let identity = attempt.steps.lazy.compactMap(\.step.authorizationIdentity).first, !identity.isEmpty,
            !Self.covers(certificate, identity.lowercased())
        else { return }
        audit.report(
            "the client asks to act as \(identity.cited), its certificate is for \(certificate.subject.cited)"
                + (attempt.succeeded ? ", and the server agreed" : ""),
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }

    /// Whether the identity, or what stands before its `@`, is a value of the subject or a name of the certificate.
    private static func covers(_ certificate: CertificateFacts, _ identity: String) -> Bool {
        let values = certificate.subject.split { $0 == "," || $0 == "+" || $0 == "/" }.map { part in
            String(part.split(separator: "=", maxSplits: 1).last ?? "").lowercased().trimmedLine
        }
        let names = values + certificate.names.map { $0.lowercased() }
        let local = identity.prefix { $0 != "@" }
        return names.contains { $0 == identity || $0 == local || $0.prefix { $0 != "@" } == identity }
    }
}
