extension Specification {
    /// RFC 7377, MULTISEARCH.
    static let multiSearch = Specification(
        "RFC 7377",
        "MULTISEARCH",
        [
            .command("ESEARCH", "searches several mailboxes at once"),
            .capability("MULTISEARCH", "one search over several mailboxes"),
        ]
    )
}
