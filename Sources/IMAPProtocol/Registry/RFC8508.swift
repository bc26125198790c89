extension Specification {
    /// RFC 8508, REPLACE.
    static let replace = Specification(
        "RFC 8508",
        "REPLACE",
        [
            .command("REPLACE", "replaces a message by a new version"),
            .capability("REPLACE", "a message can be replaced in one step"),
        ]
    )
}
