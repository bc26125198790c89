extension Specification {
    /// RFC 6203, SEARCH=FUZZY.
    static let fuzzy = Specification(
        "RFC 6203",
        "SEARCH=FUZZY",
        [
            RegistryRow(
                .capability,
                "SEARCH=FUZZY",
                "approximate search",
                shape: "SEARCH=FUZZY",
                section: "1",
                related: ["SEARCH"]
            ),
            RegistryRow(
                .searchKey,
                "FUZZY",
                "that match the next key approximately",
                shape: "FUZZY SP search-key",
                section: "3",
                related: ["RELEVANCY"]
            ),
            RegistryRow(
                .searchReturn,
                "RELEVANCY",
                "how well each message matches",
                shape: "RELEVANCY",
                section: "4",
                related: ["FUZZY"]
            ),
            RegistryRow(
                .searchData,
                "RELEVANCY",
                "how well each message matches, from 1 to 100",
                shape: #"RELEVANCY SP "(" score *(SP score) ")""#,
                section: "4",
                related: ["FUZZY"]
            ),
            RegistryRow(
                .sortKey,
                "RELEVANCY",
                "how well messages match",
                shape: "RELEVANCY",
                section: "6",
                related: ["FUZZY"]
            ),
        ]
    )
}
