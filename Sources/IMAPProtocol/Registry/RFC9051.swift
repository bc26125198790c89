extension Specification {
    /// RFC 9051, IMAP4rev2.
    static let imap4rev2 = Specification(
        "RFC 9051",
        "IMAP4rev2",
        [
            RegistryRow(
                .capability,
                "IMAP4rev2",
                "the base protocol, revision 2",
                shape: "IMAP4rev2",
                section: "6.1.1",
                remark: "once enabled: UTF-8 in names and strings, ESEARCH instead of SEARCH, sizes of 63 bits",
                related: ["IMAP4rev1", "ENABLE"],
                brings: ["CLOSED", "HASCHILDREN", "DELETED", "ESEARCH", "NAMESPACE", "MOVE", "UNSELECT", "IDLE"]
            ),
            RegistryRow(
                .enableName,
                "IMAP4rev2",
                "turns on revision 2: UTF-8, ESEARCH instead of SEARCH, no RECENT",
                shape: "IMAP4rev2",
                section: "6.3.1",
                related: ["ENABLE", "IMAP4rev1"]
            ),
            RegistryRow(
                .code,
                "CLOSED",
                "the mailbox opened before is now closed",
                shape: #""[" CLOSED "]""#,
                section: "7.1",
                also: "RFC 7162 section 3.2.11",
                remark: "what follows speaks of the new mailbox",
                related: ["SELECT"]
            ),
            RegistryRow(
                .code,
                "HASCHILDREN",
                "the mailbox has mailboxes below it",
                shape: #""[" HASCHILDREN "]""#,
                section: "7.1",
                related: ["DELETE"]
            ),
            RegistryRow(
                .statusItem,
                "DELETED",
                "marked deleted",
                shape: "DELETED SP number",
                section: "6.3.11",
                also: "RFC 9208 section 4.1.4",
                related: [#"\Deleted"#, "DELETED-STORAGE"]
            ),
            RegistryRow(
                .flag,
                "$Junk",
                "junk",
                shape: "$Junk",
                section: "2.3.2",
                related: ["$NotJunk", #"\Junk"#, "Junk"]
            ),
            RegistryRow(
                .flag,
                "$NotJunk",
                "not junk",
                shape: "$NotJunk",
                section: "2.3.2",
                related: ["$Junk", "NonJunk"]
            ),
            RegistryRow(
                .flag,
                "$Phishing",
                "phishing",
                shape: "$Phishing",
                section: "2.3.2",
                related: ["$Junk"]
            ),
            RegistryRow(
                .syntax,
                "OLDNAME",
                "the name that a mailbox had before, in a LIST response",
                shape: #""(" DQUOTE OLDNAME DQUOTE SP "(" mailbox ")" ")""#,
                section: "7.3.1",
                related: ["RENAME", "CREATE", "LIST"]
            ),
        ]
    )
}
