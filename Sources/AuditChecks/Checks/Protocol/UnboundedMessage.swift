import IMAPSession

struct UnboundedMessage: AdoptingCheck {
    static let description = CheckDescription(
        id: "P03",
        name: "unbounded-message",
        severity: .medium,
        reference: "CVE-2026-42245",
        summary: "a message has more octets or literals than a reader should take",
        rationale:
            "Readers whose work grows with the square of the number of literals, or that keep whole lines, stand still.",
        remedy: "Limit the length of lines and the number of literals on both sides.",
        adopts: ["message-truncated", "literals-truncated", "literal-size-overflow", "deflate-bomb"]
    )
}
