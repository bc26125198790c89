import IMAPSession

struct LiteralCountWrong: AdoptingCheck {
    static let description = CheckDescription(
        id: "P06",
        name: "literal-count-wrong",
        severity: .high,
        reference: "RFC 9051 section 4.3",
        summary: "a literal is shorter or longer than it was announced",
        rationale:
            "From there on the two sides disagree on what is text and what is protocol: text can become commands or responses.",
        remedy: "Count octets, not characters, after all conversions are made.",
        adopts: [
            "literal-leftover", "literal-too-long", "append-literal-count", "literal-cut", "desynchronised",
            "literal-shorter-than-announced", "literal-longer-than-announced", "literal-counts-characters",
        ]
    )
}
