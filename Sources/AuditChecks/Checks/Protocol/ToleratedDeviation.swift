import IMAPProtocol
import IMAPSession

struct ToleratedDeviation: AdoptingCheck {
    static let description = CheckDescription(
        id: "P17",
        name: "tolerated-deviation",
        severity: .info,
        reference: "RFC 9051 section 9, RFC 1122 section 1.2.2",
        summary: "a deviation that imapscope understands and other readers may not",
        rationale:
            "Each has stopped some client from reading some mailbox; the name of who is known for it helps to find the report.",
        remedy: "Tell the vendor; readers should take it as the note says.",
        adopts: Quirk.all.map(\.id) + [
            "eight-bit", "leading-padding", "zero-padded-literal", "empty-line", "syntax", "recent-above-exists",
            "number-too-large",
            "non-synchronizing-literal-from-server", "literal-in-quoted-string",
        ]
    )
}
