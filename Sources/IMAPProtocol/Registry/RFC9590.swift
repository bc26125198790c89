extension Specification {
    /// RFC 9590, LIST-METADATA.
    static let listMetadata = Specification(
        "RFC 9590",
        "LIST-METADATA",
        [
            .capability("LIST-METADATA", "LIST can return annotations")
        ]
    )
}
