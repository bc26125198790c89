extension Specification {
    /// RFC 5267, Contexts and ESORT.
    static let contexts = Specification(
        "RFC 5267",
        "Contexts and ESORT",
        [
            RegistryRow(
                .command,
                "CANCELUPDATE",
                "stops live updates of earlier searches",
                shape: "CANCELUPDATE 1*(SP DQUOTE tag DQUOTE)",
                section: "4.3.5",
                states: .selected,
                related: ["UPDATE", "NOUPDATE"]
            ),
            RegistryRow(
                .capability,
                "CONTEXT=SEARCH",
                "search results can update themselves",
                shape: "CONTEXT=SEARCH",
                section: "4.1",
                related: ["CONTEXT=SORT"],
                brings: ["CONTEXT", "UPDATE", "PARTIAL", "CANCELUPDATE", "ADDTO", "REMOVEFROM", "NOUPDATE"]
            ),
            RegistryRow(
                .capability,
                "CONTEXT=SORT",
                "sorted results can update themselves",
                shape: "CONTEXT=SORT",
                section: "4.1",
                related: ["CONTEXT=SEARCH", "ESORT"],
                brings: ["CONTEXT", "UPDATE", "PARTIAL", "CANCELUPDATE", "ADDTO", "REMOVEFROM", "NOUPDATE"]
            ),
            RegistryRow(
                .capability,
                "ESORT",
                "sorted results in compact form",
                shape: "ESORT",
                section: "3.1",
                related: ["ESEARCH", "SORT"],
                brings: ["SORT"]
            ),
            RegistryRow(
                .code,
                "NOUPDATE",
                "the search result will not update itself",
                shape: #""[" NOUPDATE SP DQUOTE tag DQUOTE "]""#,
                section: "4.3.1",
                related: ["UPDATE"]
            ),
            RegistryRow(
                .searchReturn,
                "CONTEXT",
                "a hint that the search will be used again",
                shape: "CONTEXT",
                section: "4.2",
                related: ["UPDATE"]
            ),
            RegistryRow(
                .searchReturn,
                "UPDATE",
                "keep reporting what begins and ceases to match",
                shape: "UPDATE",
                section: "4.3",
                also: "RFC 5465 section 7",
                related: ["ADDTO", "REMOVEFROM", "CANCELUPDATE"]
            ),
            RegistryRow(
                .searchData,
                "ADDTO",
                "messages that match from now on, with their places",
                shape: #"ADDTO SP "(" position SP sequence-set *(SP position SP sequence-set) ")""#,
                section: "4.3.3",
                related: ["UPDATE", "REMOVEFROM"]
            ),
            RegistryRow(
                .searchData,
                "REMOVEFROM",
                "messages that do not match any more, with their places",
                shape: #"REMOVEFROM SP "(" position SP sequence-set *(SP position SP sequence-set) ")""#,
                section: "4.3.4",
                related: ["UPDATE", "ADDTO"]
            ),
        ]
    )
}
