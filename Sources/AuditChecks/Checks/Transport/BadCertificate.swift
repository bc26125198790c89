import IMAPProtocol
import IMAPSession
import Traffic

struct BadCertificate: Check {
    static let description = CheckDescription(
        id: "T10",
        name: "bad-certificate",
        severity: .high,
        reference: "RFC 7817 section 3, RFC 9051 section 11.1",
        summary: "the server's certificate is not what a client must accept",
        rationale: "A client that accepts it accepts anybody's, and one that does not cannot connect.",
        remedy:
            "Install a certificate for the name that clients use, from an authority that they know, with a key and a signature of today."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome else { return }
        // On the client leg the proxy shows its own.
        guard !audit.session.isProxied || change.leg == .upstream else { return }
        guard let problem = Self.problem(of: facts, now: change.time.nanoseconds) else { return }
        audit.report(problem, blame: .server, leg: change.leg)
    }

    private static func problem(of facts: TLSFacts, now: Int64) -> String? {
        if case .failed(let reason) = facts.verification { return "the certificate does not verify: \(reason)" }
        if let problem = facts.problem { return "the certificate does not verify: \(problem)" }
        guard let certificate = facts.certificate else { return nil }
        if certificate.notAfter.nanoseconds < now { return "the certificate of \(certificate.subject) has expired" }
        if certificate.notBefore.nanoseconds > now {
            return "the certificate of \(certificate.subject) is not valid yet"
        }
        if let name = facts.serverName, !certificate.names.isEmpty,
            !certificate.names.contains(where: { ServerName.matches(name, $0) })
        {
            return
                "the certificate is for \(certificate.names.prefix(4).joined(separator: ", ")), the client asked for \(name)"
        }
        if let signature = certificate.signature?.lowercased(), signature.contains("sha1") || signature.contains("md5")
        {
            return "the certificate of \(certificate.subject) is signed with \(signature)"
        }
        if let key = certificate.key, key.hasPrefix("RSA, "), let bits = Int(key.dropFirst(5).prefix { $0.isNumber }),
            bits < 2048
        {
            return "the key of \(certificate.subject) has \(bits) bits only"
        }
        return nil
    }
}
