import IMAPSession

struct UniqueIdentifierBroken: AdoptingCheck {
    static let description = CheckDescription(
        id: "P09",
        name: "unique-identifier-broken",
        severity: .medium,
        reference: "RFC 9051 section 2.3.1.1, RFC 7162 section 3.1.2.1",
        summary: "UIDs, UIDVALIDITY or mod-sequences do what they must not",
        rationale: "Caches rest on these numbers: clients show the wrong message, or load everything again.",
        remedy: "Keep UIDs and UIDVALIDITY with the mailbox, through restores and migrations too.",
        adopts: ["P09"]
    )
}
