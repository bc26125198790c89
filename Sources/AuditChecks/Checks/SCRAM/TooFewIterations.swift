import IMAPProtocol
import IMAPSession
import Traffic

struct TooFewIterations: AdoptingCheck {
    static let description = CheckDescription(
        id: "SC01",
        name: "scram-too-few-iterations",
        severity: .high,
        reference: "RFC 5802 section 5.1, RFC 7677 section 4",
        summary: "fewer than 4096 iterations",
        rationale: "Whoever has the stored keys, or one exchange without TLS, guesses the password that much faster.",
        remedy: "Set the count of the server to 4096 at least, and let users set their passwords again.",
        adopts: ["scram-iterations"]
    )
}
