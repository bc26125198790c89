extension Specification {
    /// RFC 5161, ENABLE.
    static let enable = Specification(
        "RFC 5161",
        "ENABLE",
        [
            .command("ENABLE", "switches extensions on"),
            .response("ENABLED", "extensions now on"),
            .capability("ENABLE", "extensions can be switched on"),
        ]
    )
}
