extension Specification {
    /// RFC 8970, PREVIEW.
    static let preview = Specification(
        "RFC 8970",
        "PREVIEW",
        [
            .capability("PREVIEW", "the first words of a message can be asked for"),
            .fetch("PREVIEW", "preview"),
        ]
    )
}
