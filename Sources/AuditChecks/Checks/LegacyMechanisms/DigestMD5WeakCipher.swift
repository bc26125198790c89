import IMAPSession
import Traffic

struct DigestMD5WeakCipher: Check {
    static let description = CheckDescription(
        id: "M07",
        name: "digest-md5-weak-cipher",
        severity: .high,
        reference: "RFC 6331 section 2, RFC 2831 section 2.4",
        summary: "DIGEST-MD5 encrypts with a cipher that is broken",
        rationale: "Keys of 40 and 56 bits can be found by trying all of them; what follows can be read.",
        remedy: "Use TLS, and take auth-conf out of the list of DIGEST-MD5."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "DIGEST-MD5",
            attempt.chosen("qop")?.lowercased() == "auth-conf", let cipher = attempt.chosen("cipher")?.lowercased(),
            ["des", "rc4-40", "rc4-56"].contains(cipher)
        else { return }
        audit.report(
            "the session is encrypted with \(cipher), "
                + (attempt.isInTheClear ? "and nothing else" : "under TLS"),
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }
}
