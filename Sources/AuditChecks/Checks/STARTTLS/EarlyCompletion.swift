import IMAPProtocol
import IMAPSession
import Traffic

struct EarlyCompletion: AdoptingCheck {
    static let description = CheckDescription(
        id: "S05",
        name: "completion-before-command",
        severity: .critical,
        reference: "RFC 9051 section 5.5, CVE-2026-42246",
        summary: "a command was completed before the client had sent it",
        rationale: "Whoever injects an early OK makes the client believe that STARTTLS, or a login, has happened.",
        remedy: "Let the client refuse completions of commands that it has not sent whole.",
        adopts: ["completion-before-command"]
    )
}
