import IMAPProtocol
import IMAPSession
import Traffic

struct HandshakeTooEarly: AdoptingCheck {
    static let description = CheckDescription(
        id: "S08",
        name: "handshake-before-ok",
        severity: .medium,
        reference: "RFC 9051 section 6.2.1",
        summary: "the client did not wait for the answer to STARTTLS",
        rationale: "What it sends may be taken for commands by one side and for TLS by the other.",
        remedy: "Let the client wait for the tagged OK.",
        adopts: ["handshake-before-ok"]
    )
}
