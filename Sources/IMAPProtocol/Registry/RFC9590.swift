extension Specification {
    /// RFC 9590, LIST-METADATA.
    static let listMetadata = Specification(
        "RFC 9590",
        "LIST-METADATA",
        [
            RegistryRow(
                .capability,
                "LIST-METADATA",
                "LIST can return annotations",
                shape: "LIST-METADATA",
                section: "3",
                related: ["METADATA"]
            ),
            RegistryRow(
                .listReturn,
                "METADATA",
                "a METADATA response for each mailbox",
                shape: #"METADATA SP "(" entry *(SP entry) ")""#,
                section: "3",
                related: ["METADATA"]
            ),
        ]
    )
}
