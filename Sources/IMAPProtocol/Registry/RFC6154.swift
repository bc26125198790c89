extension Specification {
    /// RFC 6154, SPECIAL-USE.
    static let specialUse = Specification(
        "RFC 6154",
        "SPECIAL-USE",
        [
            RegistryRow(
                .capability,
                "SPECIAL-USE",
                "mailboxes tell what they are for",
                shape: "SPECIAL-USE",
                section: "2",
                related: ["XLIST", "CREATE-SPECIAL-USE"],
                brings: [
                    #"\All"#, #"\Archive"#, #"\Drafts"#, #"\Flagged"#, #"\Junk"#, #"\Sent"#, #"\Trash"#, "SPECIAL-USE",
                ]
            ),
            RegistryRow(
                .capability,
                "CREATE-SPECIAL-USE",
                "CREATE can say what a mailbox is for",
                shape: "CREATE-SPECIAL-USE",
                section: "3",
                related: ["SPECIAL-USE"],
                brings: ["USE", "USEATTR"]
            ),
            RegistryRow(
                .listSelection,
                "SPECIAL-USE",
                "only mailboxes with a special use",
                shape: "SPECIAL-USE",
                section: "2",
                related: ["LIST"]
            ),
            RegistryRow(
                .listReturn,
                "SPECIAL-USE",
                "tell what mailboxes are for",
                shape: "SPECIAL-USE",
                section: "2",
                related: ["LIST"]
            ),
            RegistryRow(
                .createParam,
                "USE",
                "what the new mailbox is for",
                shape: #"USE SP "(" [use-attr *(SP use-attr)] ")""#,
                section: "3",
                related: ["CREATE", "USEATTR"]
            ),
            RegistryRow(
                .code,
                "USEATTR",
                "the special use cannot be set",
                shape: #""[" USEATTR "]""#,
                section: "3",
                related: ["CREATE", "USE"]
            ),
            RegistryRow(
                .metadataEntry,
                "/private/specialuse",
                "the special uses of a mailbox",
                shape: "/private/specialuse SP value",
                section: "4",
                related: ["SPECIAL-USE"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\All"#,
                "holds all mail",
                shape: #"\All"#,
                section: "2",
                also: "RFC 9051 section 7.3.1",
                related: [#"\AllMail"#]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Archive"#,
                "for the archive",
                shape: #"\Archive"#,
                section: "2",
                also: "RFC 9051 section 7.3.1",
                related: ["LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Drafts"#,
                "for drafts",
                shape: #"\Drafts"#,
                section: "2",
                also: "RFC 9051 section 7.3.1",
                related: [#"\Draft"#]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Flagged"#,
                "holds flagged mail",
                shape: #"\Flagged"#,
                section: "2",
                also: "RFC 9051 section 7.3.1",
                related: [#"\Starred"#, "FLAGGED"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Junk"#,
                "for junk",
                shape: #"\Junk"#,
                section: "2",
                also: "RFC 9051 section 7.3.1",
                related: [#"\Spam"#, "$Junk"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Sent"#,
                "for sent mail",
                shape: #"\Sent"#,
                section: "2",
                also: "RFC 9051 section 7.3.1",
                related: ["LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Trash"#,
                "for deleted mail",
                shape: #"\Trash"#,
                section: "2",
                also: "RFC 9051 section 7.3.1",
                related: [#"\Deleted"#]
            ),
        ]
    )
}
