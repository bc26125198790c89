extension Specification {
    /// RFC 1730, IMAP4 before revision 1.
    static let oldIMAP = Specification(
        "RFC 1730",
        "IMAP4",
        [
            RegistryRow(
                .capability,
                "IMAP4",
                "the base protocol before revision 1",
                shape: "IMAP4",
                section: "6.1.1",
                remark: "obsolete",
                related: ["IMAP4rev1"]
            )
        ]
    )
}
