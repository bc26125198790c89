extension Specification {
    /// RFC 4959, SASL-IR.
    static let saslIR = Specification(
        "RFC 4959",
        "SASL-IR",
        [
            RegistryRow(
                .capability,
                "SASL-IR",
                "AUTHENTICATE may carry the first answer",
                shape: "SASL-IR",
                section: "3",
                also: "RFC 9051 section 6.2.2",
                remark: "the secret then stands on the line of the command",
                related: ["AUTHENTICATE"]
            )
        ]
    )
}
