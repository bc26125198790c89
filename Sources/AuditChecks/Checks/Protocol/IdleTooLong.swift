import IMAPSession

struct IdleTooLong: AdoptingCheck {
    static let description = CheckDescription(
        id: "P13",
        name: "idle-too-long",
        severity: .info,
        reference: "RFC 2177 section 3",
        summary: "IDLE was not renewed within 29 minutes",
        rationale:
            "Servers may log the client out after 30 minutes, and address translators drop silent connections earlier without a word.",
        remedy: "End IDLE and begin it anew at least every 29 minutes; on mobile networks more often.",
        adopts: ["P13"]
    )
}
