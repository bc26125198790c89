extension Specification {
    /// RFC 2177, IDLE.
    static let idle = Specification(
        "RFC 2177",
        "IDLE",
        [
            .command("IDLE", "waits for the server to report changes"),
            .capability("IDLE", "the server can push changes"),
        ]
    )
}
