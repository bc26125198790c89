extension Specification {
    /// RFC 5182, SEARCHRES.
    static let searchResult = Specification(
        "RFC 5182",
        "SEARCHRES",
        [
            .capability("SEARCHRES", "a search result can be kept as $"),
            .code("NOTSAVED", "the search result was not kept"),
            .search("$", "in the kept search result"),
        ]
    )
}
