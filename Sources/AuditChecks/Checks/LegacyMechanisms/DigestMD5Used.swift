import IMAPSession
import Traffic

struct DigestMD5Used: Check {
    static let description = CheckDescription(
        id: "M03",
        name: "digest-md5-used",
        severity: .medium,
        reference: "RFC 6331 section 1",
        summary: "DIGEST-MD5 was used",
        rationale:
            "The mechanism was moved to Historic status: implementations disagree, its hash and its ciphers are weak.",
        remedy: "Offer SCRAM-SHA-256 under TLS in its place."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "DIGEST-MD5" else { return }
        audit.report(
            "DIGEST-MD5 was used" + (attempt.isInTheClear ? ", without TLS" : ", under TLS"),
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
