import IMAPProtocol
import IMAPSession
import Traffic

struct EightBitNotEnabled: AdoptingCheck {
    static let description = CheckDescription(
        id: "C15",
        name: "eight-bit-not-enabled",
        severity: .low,
        reference: "RFC 9755 section 3, RFC 9051 section 5.1",
        summary: "octets above 127 were sent where nobody has enabled UTF-8",
        rationale: "The other side may read them in another encoding, or refuse the line.",
        remedy: "Let the client send ENABLE UTF8=ACCEPT, or literals and modified UTF-7.",
        adopts: ["eight-bit"]
    )
}
