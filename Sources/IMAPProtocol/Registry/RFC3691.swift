extension Specification {
    /// RFC 3691, UNSELECT.
    static let unselect = Specification(
        "RFC 3691",
        "UNSELECT",
        [
            .command("UNSELECT", "closes the mailbox without removing anything"),
            .capability("UNSELECT", "a mailbox can be closed without removing anything"),
        ]
    )
}
