import IMAPProtocol
import IMAPSession
import Traffic

struct ResponseInjection: AdoptingCheck {
    static let description = CheckDescription(
        id: "S07",
        name: "octets-after-starttls",
        severity: .high,
        reference: "RFC 9051 section 6.2.1, CVE-2021-22947, CVE-2021-29969, CVE-2020-14954",
        summary: "octets in the clear follow the server's OK to STARTTLS",
        rationale: "A client that keeps them takes an attacker's responses for the server's, inside TLS.",
        remedy: "Let the client discard what it has read when TLS begins; find out who sends it.",
        adopts: ["octets-after-starttls", "upstream-untagged-before-tls"]
    )
}
