extension Specification {
    /// RFC 9585, INPROGRESS.
    static let inProgress = Specification(
        "RFC 9585",
        "INPROGRESS",
        [
            .capability("INPROGRESS", "slow commands report progress"),
            .code("INPROGRESS", "still working"),
        ]
    )
}
