extension Specification {
    /// RFC 6851, MOVE.
    static let move = Specification(
        "RFC 6851",
        "MOVE",
        [
            .command("MOVE", "moves messages to another mailbox"),
            .capability("MOVE", "messages can be moved in one step"),
        ]
    )
}
