import IMAPSession

struct BareLineEnd: AdoptingCheck {
    static let description = CheckDescription(
        id: "P04",
        name: "bare-line-end",
        severity: .low,
        reference: "RFC 9051 section 2.2",
        summary: "a line ends in LF without CR, or holds a CR without LF",
        rationale:
            "Two readers that disagree on where a line ends see different commands: that is how commands are smuggled past a filter.",
        remedy: "End every line in CR LF, and take nothing else for its end.",
        adopts: ["bare-lf", "bare-cr"]
    )
}
