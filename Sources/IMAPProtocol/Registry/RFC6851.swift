extension Specification {
    /// RFC 6851, MOVE.
    static let move = Specification(
        "RFC 6851",
        "MOVE",
        [
            RegistryRow(
                .command,
                "MOVE",
                "moves messages to another mailbox",
                shape: "MOVE SP sequence-set SP mailbox",
                section: "3.1",
                states: .selected,
                also: "RFC 9051 section 6.4.8",
                related: ["COPY", "COPYUID", "EXPUNGE", "UID"]
            ),
            RegistryRow(
                .capability,
                "MOVE",
                "messages can be moved in one step",
                shape: "MOVE",
                section: "3",
                related: ["COPY", "UIDPLUS"]
            ),
        ]
    )
}
