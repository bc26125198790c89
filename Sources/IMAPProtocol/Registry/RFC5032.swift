extension Specification {
    /// RFC 5032, WITHIN.
    static let within = Specification(
        "RFC 5032",
        "WITHIN",
        [
            .capability("WITHIN", "search by age"),
            .search("YOUNGER", "younger than an age"),
            .search("OLDER", "older than an age"),
        ]
    )
}
