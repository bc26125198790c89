import IMAPProtocol
import IMAPSession
import Traffic

struct InitialResponseNotOffered: AdoptingCheck {
    static let description = CheckDescription(
        id: "C07",
        name: "initial-response-not-offered",
        severity: .medium,
        reference: "RFC 4959 section 3",
        summary: "an initial response was sent to a server that does not offer SASL-IR",
        rationale: "The server may refuse a line whose password has been sent already.",
        remedy: "Let the client wait for the server's + unless the list has SASL-IR or IMAP4rev2.",
        adopts: ["initial-response-not-offered"]
    )
}
