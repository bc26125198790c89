import IMAPProtocol
import IMAPSession
import Traffic

struct NonceNotContinued: AdoptingCheck {
    static let description = CheckDescription(
        id: "SC05",
        name: "scram-nonce-not-continued",
        severity: .critical,
        reference: "RFC 5802 section 5.1",
        summary: "a nonce does not repeat what the other side sent",
        rationale: "The exchange is put together from parts of others: somebody replays one.",
        remedy: "Let both sides hang up, and find out who stands between them.",
        adopts: ["scram-nonce"]
    )
}
