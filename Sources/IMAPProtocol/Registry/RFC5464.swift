extension Specification {
    /// RFC 5464, METADATA.
    static let metadata = Specification(
        "RFC 5464",
        "METADATA",
        [
            .command("GETMETADATA", "reads annotations"),
            .command("SETMETADATA", "writes annotations"),
            .response("METADATA", "annotations"),
            .capability("METADATA", "mailboxes and the server can be annotated"),
            .capability("METADATA-SERVER", "the server can be annotated"),
            .code("METADATA", "an annotation limit was hit"),
        ]
    )
}
