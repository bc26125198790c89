extension Specification {
    /// RFC 9051, IMAP4rev2.
    static let imap4rev2 = Specification(
        "RFC 9051",
        "IMAP4rev2",
        [
            .capability("IMAP4rev2", "the base protocol, revision 2"),
            .code("CLOSED", "the mailbox opened before is now closed"),
            .code("HASCHILDREN", "the mailbox has mailboxes below it"),
            .status("DELETED", "marked deleted"),
        ]
    )
}
