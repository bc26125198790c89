extension Specification {
    /// RFC 5258, LIST-EXTENDED.
    static let listExtended = Specification(
        "RFC 5258",
        "LIST-EXTENDED",
        [
            RegistryRow(
                .capability,
                "LIST-EXTENDED",
                "LIST takes options and several patterns",
                shape: "LIST-EXTENDED",
                section: "3",
                related: ["LIST-STATUS", "SPECIAL-USE"]
            ),
            RegistryRow(
                .listSelection,
                "SUBSCRIBED",
                "only subscribed mailboxes",
                shape: "SUBSCRIBED",
                section: "3.1",
                also: "RFC 9051 section 6.3.9.1",
                related: ["SUBSCRIBE", "LSUB"]
            ),
            RegistryRow(
                .listSelection,
                "REMOTE",
                "also mailboxes on other servers",
                shape: "REMOTE",
                section: "3.1",
                also: "RFC 9051 section 6.3.9.1",
                related: ["RLIST", #"\Remote"#]
            ),
            RegistryRow(
                .listSelection,
                "RECURSIVEMATCH",
                "also parents of mailboxes that match",
                shape: "RECURSIVEMATCH",
                section: "3.1",
                also: "RFC 9051 section 6.3.9.1",
                remark: "needs another selection option beside it",
                related: ["SUBSCRIBED", "CHILDINFO"]
            ),
            RegistryRow(
                .listReturn,
                "SUBSCRIBED",
                "tell which mailboxes are subscribed",
                shape: "SUBSCRIBED",
                section: "3.2",
                also: "RFC 9051 section 6.3.9.2",
                related: [#"\Subscribed"#]
            ),
            RegistryRow(
                .listReturn,
                "CHILDREN",
                "tell which mailboxes have children",
                shape: "CHILDREN",
                section: "4",
                also: "RFC 9051 section 6.3.9.2",
                related: [#"\HasChildren"#, #"\HasNoChildren"#]
            ),
            RegistryRow(
                .syntax,
                "CHILDINFO",
                "why a parent is listed: its children match the selection",
                shape: #""(" DQUOTE CHILDINFO DQUOTE SP "(" string *(SP string) ")" ")""#,
                section: "3.5",
                also: "RFC 9051 section 7.3.1",
                related: ["RECURSIVEMATCH", "LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\NonExistent"#,
                "does not exist",
                shape: #"\NonExistent"#,
                section: "3",
                also: "RFC 9051 section 7.3.1",
                related: [#"\Noselect"#, "LIST"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Subscribed"#,
                "subscribed",
                shape: #"\Subscribed"#,
                section: "3",
                also: "RFC 9051 section 7.3.1",
                related: ["SUBSCRIBE"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Remote"#,
                "on another server",
                shape: #"\Remote"#,
                section: "3",
                also: "RFC 9051 section 7.3.1",
                related: ["REMOTE", "RLIST"]
            ),
        ]
    )
}
