import IMAPSession

struct MailboxDataWithoutMailbox: AdoptingCheck {
    static let description = CheckDescription(
        id: "P08",
        name: "mailbox-data-without-mailbox",
        severity: .medium,
        reference: "RFC 9051 section 11.3",
        summary: "data of a mailbox came while none was open",
        rationale:
            "A client that takes it files it under a mailbox that it does not belong to; before TLS it is how mail is forged.",
        remedy: "Let the client throw such data away.",
        adopts: ["P08"]
    )
}
