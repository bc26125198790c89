extension Specification {
    /// RFC 5267, Contexts and ESORT.
    static let contexts = Specification(
        "RFC 5267",
        "Contexts and ESORT",
        [
            .command("CANCELUPDATE", "stops live updates of earlier searches"),
            .capability("CONTEXT=SEARCH", "search results can update themselves"),
            .capability("CONTEXT=SORT", "sorted results can update themselves"),
            .capability("ESORT", "sorted results in compact form"),
            .code("NOUPDATE", "the search result will not update itself"),
        ]
    )
}
