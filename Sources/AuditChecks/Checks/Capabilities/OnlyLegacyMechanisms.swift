import IMAPProtocol
import IMAPSession
import Traffic

struct OnlyLegacyMechanisms: Check {
    static let description = CheckDescription(
        id: "C10",
        name: "only-legacy-mechanisms",
        severity: .medium,
        reference: "RFC 6331 section 1, RFC 6151 section 2",
        summary: "the server offers no mechanism but legacy ones",
        rationale:
            "Proofs of CRAM-MD5, DIGEST-MD5 and NTLM are guessed offline by whoever sees them, and the server has to store what they need.",
        remedy: "Let the server offer SCRAM-SHA-256, or PLAIN under TLS."
    )
    static let moments: Moments = .capabilities

    func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment, !offer.isAuthenticated, case let mechanisms = offer.mechanisms,
            !mechanisms.isEmpty, mechanisms.allSatisfy({ Self.legacy.contains($0) })
        else { return }
        audit.report(
            "offered are \(mechanisms.joined(separator: ", "))",
            blame: .server,
            leg: .upstream,
            direction: .server
        )
    }

    private static let legacy: Set<String> = [
        "CRAM-MD5", "DIGEST-MD5", "NTLM", "GSS-SPNEGO", "KERBEROS_V4", "SKEY", "OTP",
    ]
}
