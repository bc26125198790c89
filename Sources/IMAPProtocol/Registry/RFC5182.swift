extension Specification {
    /// RFC 5182, SEARCHRES.
    static let searchResult = Specification(
        "RFC 5182",
        "SEARCHRES",
        [
            RegistryRow(
                .capability,
                "SEARCHRES",
                "a search result can be kept as $",
                shape: "SEARCHRES",
                section: "2",
                related: ["ESEARCH"]
            ),
            RegistryRow(
                .code,
                "NOTSAVED",
                "the search result was not kept",
                shape: #""[" NOTSAVED "]""#,
                section: "2.5",
                also: "RFC 9051 section 7.1",
                related: ["SAVE", "$"]
            ),
            RegistryRow(
                .searchKey,
                "$",
                "in the kept search result",
                shape: "$",
                section: "2.1",
                also: "RFC 9051 section 6.4.4.1",
                related: ["SAVE", "UID"]
            ),
            RegistryRow(
                .searchReturn,
                "SAVE",
                "keep the matches as $",
                shape: "SAVE",
                section: "2.1",
                also: "RFC 9051 section 6.4.4",
                related: ["$", "NOTSAVED"]
            ),
        ]
    )
}
