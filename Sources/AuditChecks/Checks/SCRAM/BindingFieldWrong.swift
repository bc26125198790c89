import IMAPProtocol
import IMAPSession
import Traffic

struct BindingFieldWrong: AdoptingCheck {
    static let description = CheckDescription(
        id: "SC13",
        name: "scram-binding-field-wrong",
        severity: .critical,
        reference: "RFC 5802 section 6, section 7",
        summary: "c= is not what the first message asks for",
        rationale: "The first message was changed on the way, or the client does not bind what it says.",
        remedy: "Find out who stands between client and server.",
        adopts: ["scram-binding"]
    )
}
