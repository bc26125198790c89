extension Specification {
    /// RFC 1730, IMAP4 and other forerunners.
    static let oldIMAP = Specification(
        "RFC 1730",
        "IMAP4 and other forerunners",
        [
            .capability("IMAP4", "the base protocol before revision 1"),
            .code("NEWNAME", "the mailbox was renamed"),
        ]
    )
}
