extension Specification {
    /// RFC 9394, PARTIAL.
    static let partial = Specification(
        "RFC 9394",
        "PARTIAL",
        [
            RegistryRow(
                .capability,
                "PARTIAL",
                "results can be paged",
                shape: "PARTIAL",
                section: "3",
                related: ["CONTEXT=SEARCH", "MESSAGELIMIT"]
            ),
            RegistryRow(
                .searchReturn,
                "PARTIAL",
                "only a range of the matches; negative numbers count from the end",
                shape: #"PARTIAL SP (nz-number ":" nz-number / "-" nz-number ":-" nz-number)"#,
                section: "3.1",
                also: "RFC 5267 section 4.4",
                related: ["SEARCH"]
            ),
            RegistryRow(
                .searchData,
                "PARTIAL",
                "a range of the matches, and which range it is",
                shape: #"PARTIAL SP "(" partial-range SP (sequence-set / NIL) ")""#,
                section: "3.1",
                also: "RFC 5267 section 4.4",
                related: ["SEARCH"]
            ),
            RegistryRow(
                .fetchModifier,
                "PARTIAL",
                "only a range of the messages",
                shape: "PARTIAL SP partial-range",
                section: "3.3",
                related: ["UID"]
            ),
        ]
    )
}
