extension Specification {
    /// RFC 7377, MULTISEARCH.
    static let multiSearch = Specification(
        "RFC 7377",
        "MULTISEARCH",
        [
            RegistryRow(
                .command,
                "ESEARCH",
                "searches several mailboxes at once",
                shape:
                    #"ESEARCH [SP IN SP "(" source-mbox [SP "(" scope-options ")"] ")"] [SP RETURN SP "(" [search-return-opt *(SP search-return-opt)] ")"] SP search-program"#,
                section: "2",
                states: .loggedIn,
                related: ["SEARCH", "mailboxes", "subtree", "UID"]
            ),
            RegistryRow(
                .capability,
                "MULTISEARCH",
                "one search over several mailboxes",
                shape: "MULTISEARCH",
                section: "2",
                related: ["ESEARCH"],
                brings: ["ESEARCH", "subtree-one"]
            ),
            RegistryRow(
                .mailboxFilter,
                "subtree-one",
                "mailboxes and those directly below them",
                shape: #"subtree-one SP (mailbox / "(" mailbox *(SP mailbox) ")")"#,
                section: "2.2",
                related: ["subtree"]
            ),
        ]
    )
}
