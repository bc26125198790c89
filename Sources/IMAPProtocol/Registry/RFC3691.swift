extension Specification {
    /// RFC 3691, UNSELECT.
    static let unselect = Specification(
        "RFC 3691",
        "UNSELECT",
        [
            RegistryRow(
                .command,
                "UNSELECT",
                "closes the mailbox without removing anything",
                shape: "UNSELECT",
                section: "2",
                states: .selected,
                also: "RFC 9051 section 6.4.2",
                related: ["CLOSE", "SELECT"]
            ),
            RegistryRow(
                .capability,
                "UNSELECT",
                "a mailbox can be closed without removing anything",
                shape: "UNSELECT",
                section: "2",
                related: ["CLOSE"]
            ),
        ]
    )
}
