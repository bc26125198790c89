extension Specification {
    /// RFC 5819, LIST-STATUS.
    static let listStatus = Specification(
        "RFC 5819",
        "LIST-STATUS",
        [
            RegistryRow(
                .capability,
                "LIST-STATUS",
                "LIST can return counters",
                shape: "LIST-STATUS",
                section: "2",
                related: ["STATUS", "LIST-EXTENDED"]
            ),
            RegistryRow(
                .listReturn,
                "STATUS",
                "a STATUS response for each mailbox",
                shape: #"STATUS SP "(" status-att *(SP status-att) ")""#,
                section: "2",
                also: "RFC 9051 section 6.3.9.8",
                related: ["STATUS"]
            ),
        ]
    )
}
