import IMAPProtocol
import IMAPSession
import Traffic

struct TruncatedTLS: AdoptingCheck {
    static let description = CheckDescription(
        id: "T16",
        name: "tls-truncated",
        severity: .low,
        reference: "RFC 8446 section 6.1",
        summary: "a TLS connection ended without close_notify",
        rationale: "Nobody can tell whether the last octets are missing, which an attacker may have cut off.",
        remedy: "Send close_notify before closing; most often the client's library is simply closed too early.",
        adopts: ["tls-truncated"]
    )
}
