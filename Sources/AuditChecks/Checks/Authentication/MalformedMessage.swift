import IMAPProtocol
import IMAPSession
import Traffic

struct MalformedMessage: AdoptingCheck {
    static let description = CheckDescription(
        id: "A01",
        name: "malformed-sasl-message",
        severity: .medium,
        reference: "RFC 4616 section 2, RFC 9051 section 6.2.2",
        summary: "a message of an authentication has not the form that its mechanism asks for",
        rationale:
            "Servers guess what is meant, and two of them guess differently: logs and checks see another user than the one who is let in.",
        remedy: "Mend the side that sends it; the finding says which part is wrong.",
        adopts: ["sasl-form", "sasl-further-message"]
    )
}
