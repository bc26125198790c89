extension Specification {
    /// RFC 6203, SEARCH=FUZZY.
    static let fuzzy = Specification(
        "RFC 6203",
        "SEARCH=FUZZY",
        [
            .capability("SEARCH=FUZZY", "approximate search"),
            .search("FUZZY", "approximately"),
        ]
    )
}
