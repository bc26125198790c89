extension Specification {
    /// RFC 9394, PARTIAL.
    static let partial = Specification(
        "RFC 9394",
        "PARTIAL",
        [
            .capability("PARTIAL", "results can be paged")
        ]
    )
}
