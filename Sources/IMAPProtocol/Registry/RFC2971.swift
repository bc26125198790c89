extension Specification {
    /// RFC 2971, ID.
    static let identification = Specification(
        "RFC 2971",
        "ID",
        [
            .command("ID", "says what software the client is"),
            .response("ID", "the server says what software it is"),
            .capability("ID", "client and server can name their software"),
        ]
    )
}
