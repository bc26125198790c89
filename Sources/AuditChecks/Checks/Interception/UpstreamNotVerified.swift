import IMAPSession

struct UpstreamNotVerified: AdoptingCheck {
    static let description = CheckDescription(
        id: "X05",
        name: "upstream-not-verified",
        severity: .medium,
        reference: "RFC 9525 section 6",
        summary: "the certificate of the server was not verified, because the user asked for that",
        rationale: "Whoever stands between imapscope and the server can read along, and no finding would tell.",
        remedy: "Name the CA of the server to imapscope, and let it verify.",
        adopts: ["upstream-certificate-not-verified"]
    )
}
