extension Specification {
    /// RFC 7888, Non-synchronizing literals.
    static let literals = Specification(
        "RFC 7888",
        "Non-synchronizing literals",
        [
            .capability("LITERAL+", "literals of any size without waiting"),
            .capability("LITERAL-", "literals up to 4,096 octets without waiting"),
            .code("TOOBIG", "the message or literal is too large"),
        ]
    )
}
