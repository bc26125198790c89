extension Specification {
    /// RFC 5466, FILTERS.
    static let filters = Specification(
        "RFC 5466",
        "FILTERS",
        [
            RegistryRow(
                .capability,
                "FILTERS",
                "searches can be named",
                shape: "FILTERS",
                section: "3",
                related: ["METADATA"]
            ),
            RegistryRow(
                .code,
                "UNDEFINED-FILTER",
                "the named search does not exist",
                shape: #""[" UNDEFINED-FILTER SP filter-name "]""#,
                section: "3.1",
                related: ["FILTER"]
            ),
            RegistryRow(
                .searchKey,
                "FILTER",
                "that match a named search",
                shape: "FILTER SP filter-name",
                section: "3.1",
                related: ["/private/filters/values"]
            ),
            RegistryRow(
                .metadataEntry,
                "/private/filters/values",
                "named searches of this user",
                shape: "/private/filters/values/ filter-name",
                section: "3.2",
                related: ["FILTER"]
            ),
            RegistryRow(
                .metadataEntry,
                "/shared/filters/values",
                "named searches for everybody",
                shape: "/shared/filters/values/ filter-name",
                section: "3.2",
                related: ["FILTER"]
            ),
        ]
    )
}
