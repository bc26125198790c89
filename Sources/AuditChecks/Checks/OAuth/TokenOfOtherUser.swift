import IMAPProtocol
import IMAPSession
import Traffic

struct TokenOfOtherUser: AdoptingCheck {
    static let description = CheckDescription(
        id: "O07",
        name: "token-of-other-user",
        severity: .medium,
        reference: "RFC 7628 section 3.1, RFC 7519 section 4.1.2",
        summary: "the token is about another user than the client names",
        rationale: "A server that looks at one of them only opens the wrong mailbox.",
        remedy: "Let the server compare both.",
        adopts: ["oauth-token-user"]
    )
}
