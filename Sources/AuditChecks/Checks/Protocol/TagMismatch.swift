import IMAPSession

struct TagMismatch: AdoptingCheck {
    static let description = CheckDescription(
        id: "P05",
        name: "tag-mismatch",
        severity: .medium,
        reference: "RFC 9051 section 2.2.1",
        summary: "a tag is used twice at a time, or an answer has a tag that no command has",
        rationale:
            "Answers are told apart by their tags alone: a client that mixes them up takes one command to have succeeded for another.",
        remedy: "Let the client draw a new tag for each command, and the server give it back octet by octet.",
        adopts: ["reused-tag", "unknown-tag", "second-completion"]
    )
}
