extension Specification {
    /// RFC 5738, the obsolete capabilities.
    static let utf8Experiment = Specification(
        "RFC 5738",
        "UTF-8, the experiment before RFC 6855",
        [
            RegistryRow(
                .capability,
                "UTF8=ALL",
                "UTF-8 everywhere (obsolete)",
                shape: "UTF8=ALL",
                section: "6",
                remark: "obsolete",
                related: ["UTF8=ACCEPT"],
                brings: ["UTF8"]
            ),
            RegistryRow(
                .capability,
                "UTF8=APPEND",
                "UTF-8 messages can be uploaded (obsolete)",
                shape: "UTF8=APPEND",
                section: "4",
                remark: "obsolete",
                related: ["UTF8=ACCEPT"],
                brings: ["UTF8"]
            ),
            RegistryRow(
                .capability,
                "UTF8=USER",
                "UTF-8 user names (obsolete)",
                shape: "UTF8=USER",
                section: "5",
                remark: "obsolete",
                related: ["UTF8=ACCEPT"],
                brings: ["UTF8"]
            ),
            RegistryRow(
                .selectParam,
                "UTF8",
                "names and headers of this mailbox in UTF-8 (obsolete)",
                shape: "UTF8",
                section: "3.2",
                related: ["UTF8=ACCEPT"]
            ),
            RegistryRow(
                .appendData,
                "UTF8",
                "the message has headers in UTF-8",
                shape: #"UTF8 SP "(" literal8 ")""#,
                section: "4",
                also: "RFC 6855 section 4",
                remark: "removed by RFC 9755",
                related: ["UTF8=ACCEPT", "APPEND"]
            ),
        ]
    )
}
