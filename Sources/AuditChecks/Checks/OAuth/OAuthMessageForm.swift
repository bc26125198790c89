import IMAPProtocol
import IMAPSession
import Traffic

struct OAuthMessageForm: AdoptingCheck {
    static let description = CheckDescription(
        id: "O03",
        name: "oauth-message-form",
        severity: .medium,
        reference: "RFC 7628 section 3.1",
        summary: "the message with the token has not the form of its mechanism",
        rationale: "Servers that follow the specification refuse it, others read a part of it only.",
        remedy: "Mend the client: a GS2 header and auth= for OAUTHBEARER, user= and auth= for XOAUTH2.",
        adopts: ["oauth-message"]
    )
}
