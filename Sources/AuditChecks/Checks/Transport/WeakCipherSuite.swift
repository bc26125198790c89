import IMAPProtocol
import IMAPSession
import Traffic

struct WeakCipherSuite: Check {
    static let description = CheckDescription(
        id: "T06",
        name: "weak-cipher-suite",
        severity: .high,
        reference: "RFC 9325 section 4.1",
        summary: "a weak cipher suite was chosen",
        rationale:
            "NULL, anonymous, export, RC4, DES and 3DES suites protect nothing or little, and with static RSA one stolen key opens all recorded traffic.",
        remedy: "Allow suites with ECDHE and an AEAD only."
    )
    static let moments: Moments = .tls

    private static let weaknesses: [(part: String, meaning: String)] = [
        ("_WITH_NULL_", "does not encrypt"), ("_anon_", "does not authenticate the server"),
        ("_EXPORT_", "has keys of 40 or 56 bits"),
        ("_RC4_", "uses RC4"), ("_3DES_", "uses 3DES"), ("_WITH_DES_", "uses DES"), ("_RC2_", "uses RC2"),
        ("_IDEA_", "uses IDEA"),
        ("_WITH_MD5", "uses MD5"), ("TLS_RSA_WITH_", "has no forward secrecy: static RSA"),
    ]

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome else { return }
        guard let weakness = Self.weaknesses.first(where: { facts.cipher.contains($0.part) }) else { return }
        audit.report("\(facts.cipher) \(weakness.meaning)", blame: .server, leg: change.leg)
    }
}
