extension Specification {
    /// Draft that revises RFC 8474.
    static let objectIDPlus = Specification(
        "draft-ietf-mailmaint-imap-objectid-bis",
        "OBJECTID+",
        [
            RegistryRow(
                .capability,
                "OBJECTID+",
                "identifiers in bundles (draft)",
                shape: "OBJECTID+",
                section: "1",
                remark: "a draft, which may change",
                related: ["OBJECTID"]
            ),
            RegistryRow(
                .code,
                "OBJECTID",
                "permanent identifiers (draft)",
                shape: #""[" OBJECTID SP "(" objectid-item *(SP objectid-item) ")" "]""#,
                section: "1",
                remark: "a draft, which may change",
                related: ["OBJECTID", "MAILBOXID"]
            ),
        ]
    )
}
