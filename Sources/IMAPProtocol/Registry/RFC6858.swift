extension Specification {
    /// RFC 6858: what clients without UTF-8 see.
    static let downgrade = Specification(
        "RFC 6858",
        "Simplified downgrading",
        [
            RegistryRow(
                .code,
                "DOWNGRADED",
                "shown in a simplified form without UTF-8",
                shape: #""[" DOWNGRADED SP sequence-set "]""#,
                section: "3",
                related: ["UTF8=ONLY", "UTF8=ACCEPT"]
            )
        ]
    )
}
