extension Specification {
    /// RFC 5819, LIST-STATUS.
    static let listStatus = Specification(
        "RFC 5819",
        "LIST-STATUS",
        [
            .capability("LIST-STATUS", "LIST can return counters")
        ]
    )
}
