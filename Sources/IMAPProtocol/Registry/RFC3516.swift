extension Specification {
    /// RFC 3516, BINARY.
    static let binary = Specification(
        "RFC 3516",
        "BINARY",
        [
            .capability("BINARY", "parts can be sent decoded"),
            .fetch("BINARY", "a part, decoded"),
            .fetch("BINARY.PEEK", "a part, decoded, without marking the message read"),
            .fetch("BINARY.SIZE", "decoded size of a part"),
            .code("UNKNOWN-CTE", "the server cannot decode this part's transfer encoding"),
        ]
    )
}
