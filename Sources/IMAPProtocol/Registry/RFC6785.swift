extension Specification {
    /// RFC 6785, IMAPSIEVE.
    static let sieve = Specification(
        "RFC 6785",
        "IMAPSIEVE",
        [
            RegistryRow(
                .capability,
                "IMAPSIEVE",
                "Sieve scripts run on changes",
                shape: "IMAPSIEVE= url",
                section: "2.1",
                related: ["METADATA"]
            ),
            RegistryRow(
                .metadataEntry,
                "/shared/imapsieve/script",
                "the Sieve script that runs on changes",
                shape: "/shared/imapsieve/script SP value",
                section: "2.3.1",
                related: ["METADATA"]
            ),
        ]
    )
}
