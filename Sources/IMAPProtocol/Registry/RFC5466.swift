extension Specification {
    /// RFC 5466, FILTERS.
    static let filters = Specification(
        "RFC 5466",
        "FILTERS",
        [
            .capability("FILTERS", "searches can be named"),
            .code("UNDEFINED-FILTER", "the named search does not exist"),
            .search("FILTER", "that match a named search"),
        ]
    )
}
