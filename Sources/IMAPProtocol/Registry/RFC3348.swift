extension Specification {
    /// RFC 3348, CHILDREN.
    static let children = Specification(
        "RFC 3348",
        "CHILDREN",
        [
            RegistryRow(
                .capability,
                "CHILDREN",
                "LIST tells which mailboxes have children",
                shape: "CHILDREN",
                section: "3",
                also: "RFC 5258 section 4",
                related: ["LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\HasChildren"#,
                "has children",
                shape: #"\HasChildren"#,
                section: "3",
                also: "RFC 9051 section 7.3.1",
                related: [#"\HasNoChildren"#, "LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\HasNoChildren"#,
                "no children",
                shape: #"\HasNoChildren"#,
                section: "3",
                also: "RFC 9051 section 7.3.1",
                related: [#"\HasChildren"#, #"\Noinferiors"#, "LIST"]
            ),
        ]
    )
}
