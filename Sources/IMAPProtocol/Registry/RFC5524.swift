extension Specification {
    /// RFC 5524, extended URLFETCH.
    static let urlAuthBinary = Specification(
        "RFC 5524",
        "URLAUTH=BINARY",
        [
            RegistryRow(
                .capability,
                "URLAUTH=BINARY",
                "decoded data through signed URLs",
                shape: "URLAUTH=BINARY",
                section: "2",
                related: ["URLAUTH", "BINARY"],
                brings: ["URLFETCH", "BODYPARTSTRUCTURE"]
            ),
            RegistryRow(
                .syntax,
                "BODYPARTSTRUCTURE",
                "the structure of one part behind a URL",
                shape: #""(" url-full SP BODYPARTSTRUCTURE ")" / answer: "(" BODYPARTSTRUCTURE SP "(" body ")" ")""#,
                section: "3",
                related: ["URLFETCH", "BODYSTRUCTURE"]
            ),
        ]
    )
}
