extension Specification {
    /// RFC 5256, SORT and THREAD.
    static let sortAndThread = Specification(
        "RFC 5256",
        "SORT and THREAD",
        [
            .command("SORT", "searches and sorts messages"),
            .command("THREAD", "searches messages and groups them into threads"),
            .response("SORT", "matching messages in order"),
            .response("THREAD", "matching messages as threads"),
            .capability("SORT", "the server can sort"),
            .capability("THREAD=ORDEREDSUBJECT", "threads by subject"),
            .capability("THREAD=REFERENCES", "threads by references"),
        ]
    )
}
