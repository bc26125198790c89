extension Specification {
    /// RFC 5550, the Lemonade profile.
    static let lemonade = Specification(
        "RFC 5550",
        "Lemonade",
        [
            RegistryRow(
                .capability,
                "URL-PARTIAL",
                "URLs can name a range of octets",
                shape: "URL-PARTIAL",
                section: "1",
                remark: "adds ;PARTIAL= to IMAP URLs",
                related: ["URLAUTH", "CATENATE"],
                brings: []
            )
        ]
    )
}
