extension Specification {
    /// RFC 8970, PREVIEW.
    static let preview = Specification(
        "RFC 8970",
        "PREVIEW",
        [
            RegistryRow(
                .capability,
                "PREVIEW",
                "the first words of a message can be asked for",
                shape: "PREVIEW",
                section: "1",
                related: ["SNIPPET=FUZZY"]
            ),
            RegistryRow(
                .fetchItem,
                "PREVIEW",
                "preview",
                shape: #"PREVIEW [SP "(" LAZY ")"] / answer: PREVIEW SP nstring"#,
                section: "3.1",
                remark: "up to 256 characters of the text of the message",
                related: ["LAZY", "SNIPPET"]
            ),
            RegistryRow(
                .fetchModifier,
                "LAZY",
                "only what the server has ready",
                shape: "LAZY",
                section: "4.1",
                related: ["PREVIEW"]
            ),
        ]
    )
}
