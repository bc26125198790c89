import IMAPSession
import Traffic

struct CRAMMD5Used: Check {
    static let description = CheckDescription(
        id: "M01",
        name: "cram-md5-used",
        severity: .medium,
        reference: "RFC 2195 section 2, RFC 6151 section 2",
        summary: "CRAM-MD5 was used",
        rationale:
            "Who reads one exchange can try passwords at the speed of MD5, and the server never proves who it is.",
        remedy: "Offer SCRAM-SHA-256 in its place, and take CRAM-MD5 out of the list when the clients have moved."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment, attempt.mechanism == "CRAM-MD5" else { return }
        audit.report(
            attempt.isInTheClear
                ? "CRAM-MD5 was used without TLS: who listens can try passwords against the digest"
                : "CRAM-MD5 was used, under TLS",
            blame: .client,
            severity: attempt.isInTheClear ? .high : nil,
            direction: .client,
            offset: attempt.offset
        )
    }
}
