extension Specification {
    /// RFC 8508, REPLACE.
    static let replace = Specification(
        "RFC 8508",
        "REPLACE",
        [
            RegistryRow(
                .command,
                "REPLACE",
                "replaces a message by a new version",
                shape: "REPLACE SP seq-number SP mailbox append-message",
                section: "3.2",
                states: .selected,
                related: ["APPEND", "APPENDUID", "EXPUNGE", "UID"]
            ),
            RegistryRow(
                .capability,
                "REPLACE",
                "a message can be replaced in one step",
                shape: "REPLACE",
                section: "3.1",
                related: ["APPEND"]
            ),
        ]
    )
}
