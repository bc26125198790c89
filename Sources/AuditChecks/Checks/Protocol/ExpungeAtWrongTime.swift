import IMAPSession

struct ExpungeAtWrongTime: AdoptingCheck {
    static let description = CheckDescription(
        id: "P07",
        name: "expunge-at-wrong-time",
        severity: .medium,
        reference: "RFC 9051 section 7.5.1",
        summary: "message numbers shifted while a command that uses them ran",
        rationale: "The client reads, flags or deletes another message than the one it means.",
        remedy: "Let the server hold EXPUNGE back until a command runs that allows it.",
        adopts: ["P07"]
    )
}
