import IMAPProtocol
import IMAPSession
import Traffic

struct LiteralNotOffered: AdoptingCheck {
    static let description = CheckDescription(
        id: "C12",
        name: "literal-not-offered",
        severity: .medium,
        reference: "RFC 7888 sections 4 and 5, CVE-2026-47240",
        summary: "a literal that does not wait was sent to a server that does not take it",
        rationale: "A server that answers BAD to it reads the literal as commands.",
        remedy:
            "Let the client wait for the server's + unless the list has LITERAL+, or LITERAL- and at most 4096 octets.",
        adopts: ["non-synchronizing-not-offered", "literal-minus-exceeded"]
    )
}
