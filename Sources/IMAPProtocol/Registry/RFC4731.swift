extension Specification {
    /// RFC 4731, ESEARCH.
    static let esearch = Specification(
        "RFC 4731",
        "ESEARCH",
        [
            RegistryRow(
                .response,
                "ESEARCH",
                "search result in compact form",
                shape: #""*" SP ESEARCH [SP "(" TAG SP string ")"] [SP UID] *(SP search-return-data)"#,
                section: "3.1",
                also: "RFC 9051 section 7.3.4, RFC 4466 section 2.6.2",
                related: ["SEARCH", "SORT", "CONTEXT=SEARCH", "MULTISEARCH"]
            ),
            RegistryRow(
                .capability,
                "ESEARCH",
                "search results in compact form",
                shape: "ESEARCH",
                section: "3",
                related: ["SEARCHRES", "ESORT"]
            ),
            RegistryRow(
                .searchReturn,
                "MIN",
                "the lowest match",
                shape: "MIN",
                section: "3.1",
                also: "RFC 9051 section 6.4.4",
                related: ["MAX", "SEARCH"]
            ),
            RegistryRow(
                .searchReturn,
                "MAX",
                "the highest match",
                shape: "MAX",
                section: "3.1",
                also: "RFC 9051 section 6.4.4",
                related: ["MIN", "SEARCH"]
            ),
            RegistryRow(
                .searchReturn,
                "ALL",
                "all matches as a set",
                shape: "ALL",
                section: "3.1",
                also: "RFC 9051 section 6.4.4",
                related: ["COUNT", "SEARCH"]
            ),
            RegistryRow(
                .searchReturn,
                "COUNT",
                "the number of matches",
                shape: "COUNT",
                section: "3.1",
                also: "RFC 9051 section 6.4.4",
                related: ["ALL", "SEARCH"]
            ),
            RegistryRow(
                .searchData,
                "MIN",
                "the lowest match",
                shape: "MIN SP nz-number",
                section: "3.1",
                also: "RFC 9051 section 7.3.4",
                related: ["MAX"]
            ),
            RegistryRow(
                .searchData,
                "MAX",
                "the highest match",
                shape: "MAX SP nz-number",
                section: "3.1",
                also: "RFC 9051 section 7.3.4",
                related: ["MIN"]
            ),
            RegistryRow(
                .searchData,
                "ALL",
                "all matches as a set",
                shape: "ALL SP sequence-set",
                section: "3.1",
                also: "RFC 9051 section 7.3.4",
                related: ["COUNT"]
            ),
            RegistryRow(
                .searchData,
                "COUNT",
                "the number of matches",
                shape: "COUNT SP number",
                section: "3.1",
                also: "RFC 9051 section 7.3.4",
                related: ["ALL"]
            ),
            RegistryRow(
                .searchData,
                "MODSEQ",
                "the highest mod-sequence of the matches",
                shape: "MODSEQ SP mod-sequence-value",
                section: "3.2",
                also: "RFC 7162 section 3.1.10",
                related: ["CONDSTORE"]
            ),
        ]
    )
}
