import IMAPProtocol
import IMAPSession
import Traffic

struct EndPointHash: Check {
    static let description = CheckDescription(
        id: "SC18",
        name: "end-point-hash",
        severity: .low,
        reference: "RFC 5929 section 4.1",
        summary: "the hash of tls-server-end-point is not the certificate's own, or not defined",
        rationale: "Sides that choose another hash cannot log in, and look as if they were attacked.",
        remedy: "Take a certificate that is signed with SHA-256 or better and an algorithm that names its hash."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.chosen("cb-name") == "tls-server-end-point",
            let signature = audit.session.clientTLS?.certificate?.signature
        else { return }
        let name = signature.lowercased()
        if name.contains("ed25519") || name.contains("ed448") {
            audit.report(
                "no hash is defined for a certificate signed by \(signature.cited)",
                blame: .server,
                direction: .server
            )
        } else if name.contains("md5") || name.contains("sha1") {
            audit.report(
                "the certificate is signed by \(signature.cited): both sides must use SHA-256",
                blame: .server,
                direction: .server
            )
        }
    }
}
