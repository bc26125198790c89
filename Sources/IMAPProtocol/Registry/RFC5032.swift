extension Specification {
    /// RFC 5032, WITHIN.
    static let within = Specification(
        "RFC 5032",
        "WITHIN",
        [
            RegistryRow(
                .capability,
                "WITHIN",
                "search by age",
                shape: "WITHIN",
                section: "2",
                related: ["SINCE", "BEFORE"]
            ),
            RegistryRow(
                .searchKey,
                "YOUNGER",
                "younger than an age",
                shape: "YOUNGER SP nz-number",
                section: "2",
                remark: "the number is seconds",
                related: ["OLDER", "SINCE"]
            ),
            RegistryRow(
                .searchKey,
                "OLDER",
                "older than an age",
                shape: "OLDER SP nz-number",
                section: "2",
                remark: "the number is seconds",
                related: ["YOUNGER", "BEFORE"]
            ),
        ]
    )
}
