extension Specification {
    /// RFC 4959, SASL-IR.
    static let saslIR = Specification(
        "RFC 4959",
        "SASL-IR",
        [
            .capability("SASL-IR", "AUTHENTICATE may carry the first answer")
        ]
    )
}
