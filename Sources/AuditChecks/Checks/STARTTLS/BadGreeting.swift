import IMAPProtocol
import IMAPSession
import Traffic

struct BadGreeting: AdoptingCheck {
    static let description = CheckDescription(
        id: "S15",
        name: "bad-greeting",
        severity: .medium,
        reference: "RFC 9051 section 7.1",
        summary: "the first line is no greeting",
        rationale: "Clients differ in what they make of it, and attackers use that to get them out of step before TLS.",
        remedy: "Find out who answers there.",
        adopts: ["missing-greeting", "upstream-greeting-invalid"]
    )
}
