extension Specification {
    /// RFC 5161, ENABLE.
    static let enable = Specification(
        "RFC 5161",
        "ENABLE",
        [
            RegistryRow(
                .command,
                "ENABLE",
                "switches extensions on",
                shape: "ENABLE 1*(SP capability)",
                section: "3.1",
                states: .authenticated,
                also: "RFC 9051 section 6.3.1",
                remark: "only before a mailbox is opened",
                related: ["ENABLED", "CAPABILITY", "QRESYNC", "UTF8=ACCEPT", "UIDONLY"]
            ),
            RegistryRow(
                .response,
                "ENABLED",
                "extensions now on",
                shape: #""*" SP ENABLED *(SP capability)"#,
                section: "3.2",
                also: "RFC 9051 section 7.2.1",
                related: ["CAPABILITY"]
            ),
            RegistryRow(
                .capability,
                "ENABLE",
                "extensions can be switched on",
                shape: "ENABLE",
                section: "3",
                related: ["QRESYNC", "UTF8=ACCEPT"]
            ),
        ]
    )
}
