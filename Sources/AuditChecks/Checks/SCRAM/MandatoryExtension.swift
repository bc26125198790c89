import IMAPProtocol
import IMAPSession
import Traffic

struct MandatoryExtension: AdoptingCheck {
    static let description = CheckDescription(
        id: "SC19",
        name: "scram-mandatory-extension",
        severity: .medium,
        reference: "RFC 5802 section 5.1",
        summary: "a message has m=, which no specification defines",
        rationale: "Whoever does not know a mandatory extension must refuse; who goes on has not checked.",
        remedy: "Let the side that received it end the exchange.",
        adopts: ["scram-mandatory-extension"]
    )
}
