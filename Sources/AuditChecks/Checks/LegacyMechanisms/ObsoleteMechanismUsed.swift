import IMAPSession
import Traffic

struct ObsoleteMechanismUsed: Check {
    static let description = CheckDescription(
        id: "M15",
        name: "obsolete-mechanism-used",
        severity: .medium,
        reference: "IANA registry of SASL mechanisms, RFC 4422 section 7.1",
        summary: "a mechanism that is obsolete or private was used",
        rationale:
            "Nobody examines these mechanisms any more, or nobody outside ever did; what they protect is not known.",
        remedy: "Use a mechanism that the registry marks for common use: SCRAM-SHA-256, OAUTHBEARER, EXTERNAL, GSSAPI."
    )
    static let moments: Moments = .authentication

    func look(at moment: Moment, _ audit: Audit) {
        guard case .authentication(let attempt) = moment else { return }
        let name = attempt.mechanism
        let isObsolete = Self.obsolete.contains(name)
        let isPrivate = name.hasPrefix("X") && name != "XOAUTH2"
        guard isObsolete || isPrivate else { return }
        audit.report(
            "the \(isObsolete ? "obsolete" : "private") mechanism \(name.cited) was used"
                + (attempt.isInTheClear ? ", without TLS" : ""),
            blame: .client,
            direction: .client,
            offset: attempt.offset
        )
    }

    private static let obsolete: Set<String> = [
        "KERBEROS_V4", "KERBEROS_V5", "SKEY", "OTP", "SECURID", "PLAIN-CLIENTTOKEN", "XOAUTH", "NMAS_AUTHEN",
        "NMAS-SAMBA-AUTH", "PASSDSS-3DES-1",
    ]
}
