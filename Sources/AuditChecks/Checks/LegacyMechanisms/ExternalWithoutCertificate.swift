import IMAPSession
import Traffic

struct ExternalWithoutCertificate: Check {
    static let description = CheckDescription(
        id: "M13",
        name: "external-without-certificate",
        severity: .high,
        reference: "RFC 4422 appendix A",
        summary: "EXTERNAL was used and the client showed no certificate",
        rationale: "EXTERNAL takes the identity from outside; where TLS names none, nothing proves who the client is.",
        remedy: "Let the server offer EXTERNAL only after a client certificate was verified."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "EXTERNAL" else { return }
        let accepted = attempt.succeeded ? ", and was accepted" : ""
        func tell(_ text: String, isOurs: Bool = false) {
            audit.report(
                text + accepted,
                blame: attempt.succeeded ? .server : .client,
                leg: .client,
                isOurs: isOurs,
                direction: .client,
                offset: attempt.offset
            )
        }
        guard let facts = audit.session.clientTLS else {
            // A listener in the clear leaves the client no way to show one.
            return tell("EXTERNAL was used without TLS", isOurs: audit.session.clearsClientLeg)
        }
        // A resumed session has the certificate of the first one; a handshake that is not decrypted shows none.
        guard facts.clientCertificate == nil, !facts.isResumed, facts.isDecrypted == nil || facts.certificate != nil
        else { return }
        tell(
            audit.session.isProxied
                ? "EXTERNAL was used, and imapscope got no certificate from the client"
                : "EXTERNAL was used, and the client showed no certificate in the handshake",
            isOurs: audit.session.isProxied
        )
    }
}
