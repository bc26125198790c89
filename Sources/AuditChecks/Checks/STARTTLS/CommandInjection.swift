import IMAPProtocol
import IMAPSession
import Traffic

struct CommandInjection: AdoptingCheck {
    static let description = CheckDescription(
        id: "S06",
        name: "octets-before-tls",
        severity: .high,
        reference: "RFC 9051 section 6.2.1, CVE-2011-0411",
        summary: "octets in the clear follow the client's STARTTLS",
        rationale: "A server that keeps them runs an attacker's commands inside the client's TLS session.",
        remedy: "Let the server discard what it has read when TLS begins; find out who sends it.",
        adopts: ["octets-before-tls"]
    )
}
