extension Specification {
    /// RFC 2060, what RFC 3501 dropped.
    static let earlyIMAP4rev1 = Specification(
        "RFC 2060",
        "IMAP4rev1 before RFC 3501",
        [
            RegistryRow(
                .code,
                "NEWNAME",
                "the mailbox was renamed",
                shape: #""[" NEWNAME SP string SP string "]""#,
                section: "7.1",
                remark: "obsolete",
                related: ["RENAME", "REFERRAL"]
            )
        ]
    )
}
