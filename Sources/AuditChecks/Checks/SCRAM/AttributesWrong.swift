import IMAPProtocol
import IMAPSession
import Traffic

struct AttributesWrong: AdoptingCheck {
    static let description = CheckDescription(
        id: "SC26",
        name: "scram-attributes",
        severity: .medium,
        reference: "RFC 5802 section 5.1",
        summary: "attributes of a message are out of order, doubled, or unknown",
        rationale:
            "The proof covers the message octet by octet; readers that look for letters anywhere can be told something else.",
        remedy: "Mend the side that sends them.",
        adopts: ["scram-attributes"]
    )
}
