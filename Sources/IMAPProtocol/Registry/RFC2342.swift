extension Specification {
    /// RFC 2342, NAMESPACE.
    static let namespace = Specification(
        "RFC 2342",
        "NAMESPACE",
        [
            RegistryRow(
                .command,
                "NAMESPACE",
                "asks how names of personal, other users' and shared mailboxes begin",
                shape: "NAMESPACE",
                section: "5",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.10",
                related: ["LIST"]
            ),
            RegistryRow(
                .response,
                "NAMESPACE",
                "how mailbox names begin",
                shape: #""*" SP NAMESPACE SP personal SP other-users SP shared"#,
                section: "5",
                also: "RFC 9051 section 7.3.2",
                remark: "each part is NIL or a list of (prefix delimiter) pairs",
                related: ["LIST", "TRANSLATION"]
            ),
            RegistryRow(
                .capability,
                "NAMESPACE",
                "name prefixes can be asked for",
                shape: "NAMESPACE",
                section: "5",
                related: ["LIST"]
            ),
        ]
    )
}
